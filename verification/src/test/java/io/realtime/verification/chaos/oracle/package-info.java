/**
 * What a round of chaos has come to: a history of what was produced and what every client saw, and
 * the verdict on it. Pure: no clock, no I/O, immutable values. May import the JDK only.
 */
@NullMarked
package io.realtime.verification.chaos.oracle;

import org.jspecify.annotations.NullMarked;
