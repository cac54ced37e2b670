/**
 * For the tests of every module: the contract of the inbox and of idempotency keys, and stores that
 * keep them in memory. Never shipped.
 */
@NullMarked
package io.realtime.notify.core.testing;

import org.jspecify.annotations.NullMarked;
