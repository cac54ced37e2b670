/**
 * What the contract promises, seen from outside: records go into a real Kafka, stock clients and a
 * real browser see what comes out. Uses only the harness and public protocols, never the product's
 * classes.
 */
@NullMarked
package io.realtime.verification.e2e;

import org.jspecify.annotations.NullMarked;
