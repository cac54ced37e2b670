/**
 * How parts report what they can do now. Immutable values and a port that any thread may ask. May
 * import java.base only.
 */
@NullMarked
package io.realtime.notify.core.health;

import org.jspecify.annotations.NullMarked;
