/** Tests of what is counted. */
@NullMarked
package io.realtime.notify.core.metrics;

import org.jspecify.annotations.NullMarked;
