/**
 * {@code ./bench --delivery}: the whole service with its store under records from Kafka. One thread
 * drives; the load generator and the probes have their own. May import the load generator.
 */
@NullMarked
package io.realtime.verification.bench.delivery;

import org.jspecify.annotations.NullMarked;
