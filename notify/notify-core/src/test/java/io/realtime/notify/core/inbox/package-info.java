/** Tests of the way from the inbox to connections. */
@NullMarked
package io.realtime.notify.core.inbox;

import org.jspecify.annotations.NullMarked;
