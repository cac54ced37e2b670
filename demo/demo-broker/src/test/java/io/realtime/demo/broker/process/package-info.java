/** The broker's process with the real broker in it. */
@NullMarked
package io.realtime.demo.broker.process;

import org.jspecify.annotations.NullMarked;
