/**
 * Keeps calls away from a store that does not answer, and finds out when it does again. Any thread;
 * each breaker has a lock of its own that is never held while anything else is called. May import
 * java.base, Micrometer and the packages inbox, ingest and health.
 */
@NullMarked
package io.realtime.notify.core.breaker;

import org.jspecify.annotations.NullMarked;
