/** Sockets without a network: everything runs on one loop that the test turns by hand. */
@NullMarked
package io.realtime.notify.core.fakes;

import org.jspecify.annotations.NullMarked;
