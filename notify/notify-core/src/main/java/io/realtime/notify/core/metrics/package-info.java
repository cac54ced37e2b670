/**
 * What the core counts, with labels from bounded sets. Any thread. May import java.base, Micrometer
 * and the values of the catalogue and the inbox.
 */
@NullMarked
package io.realtime.notify.core.metrics;

import org.jspecify.annotations.NullMarked;
