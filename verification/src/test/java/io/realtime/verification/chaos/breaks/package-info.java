/**
 * Breaks of stated length, of connections and of the store, and what stock clients have after them.
 * One thread. May import the world's proxy and the harness.
 */
@NullMarked
package io.realtime.verification.chaos.breaks;

import org.jspecify.annotations.NullMarked;
