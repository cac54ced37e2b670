/** Tests of the way from the inbox to connections. */
@NullMarked
package io.realtime.notify.core.delivery;

import org.jspecify.annotations.NullMarked;
