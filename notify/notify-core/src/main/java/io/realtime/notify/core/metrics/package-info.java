/**
 * What the core counts, with labels from bounded sets. Any thread. May import java.base, Micrometer
 * and the catalogue's values.
 */
@NullMarked
package io.realtime.notify.core.metrics;

import org.jspecify.annotations.NullMarked;
