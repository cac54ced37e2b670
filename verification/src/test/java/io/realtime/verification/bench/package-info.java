/**
 * The benchmark behind {@code ./bench}: starts every contender in a process of its own, drives all
 * of them with one load generator in one alternating run, and prints what they cost. One thread
 * owns the run; figures are taken from /proc, so Linux only. Imports its load generator and the
 * JDK; the servers are other processes.
 */
@NullMarked
package io.realtime.verification.bench;

import org.jspecify.annotations.NullMarked;
