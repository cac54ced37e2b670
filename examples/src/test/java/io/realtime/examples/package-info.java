/** Runs every example with a client over a real connection. May import what the examples may. */
@NullMarked
package io.realtime.examples;

import org.jspecify.annotations.NullMarked;
