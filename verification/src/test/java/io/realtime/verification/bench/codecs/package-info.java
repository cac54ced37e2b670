/**
 * What the codecs cost by themselves, on one thread: {@code ./bench --codecs}. Imports the codecs
 * and JMH, never a server.
 */
@NullMarked
package io.realtime.verification.bench.codecs;

import org.jspecify.annotations.NullMarked;
