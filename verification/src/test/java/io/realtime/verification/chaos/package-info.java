/**
 * {@code ./chaos}: rounds in which real processes are killed, stopped and cut off, each with a
 * verdict, and the ledger of them. One thread. May import the world and the oracle.
 */
@NullMarked
package io.realtime.verification.chaos;

import org.jspecify.annotations.NullMarked;
