/**
 * The event catalogue: the one place that knows topics, event names, required fields and audiences.
 * Pure functions of bytes, without state; any thread. May import java.base and jackson-core.
 */
@NullMarked
package io.realtime.notify.core.catalogue;

import org.jspecify.annotations.NullMarked;
