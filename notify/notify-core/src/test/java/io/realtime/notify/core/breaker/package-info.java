/** When the circuit opens, when it probes, and what is refused meanwhile. */
@NullMarked
package io.realtime.notify.core.breaker;

import org.jspecify.annotations.NullMarked;
