/**
 * The load generator of {@code ./bench}: one thread and one selector for all clients of one server,
 * with just enough of each protocol to connect, to answer heartbeats and to count events. The
 * crowd's thread owns its clients; other threads see counters. Imports the JDK and HdrHistogram
 * only, so that no server shares code with its measure.
 */
@NullMarked
package io.realtime.verification.bench.load;

import org.jspecify.annotations.NullMarked;
