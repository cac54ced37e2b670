/**
 * The broker's own process: {@link io.realtime.demo.broker.BrokerMain} formats and runs one Kafka
 * node. The only code that touches Kafka's internal server classes. May import Kafka's server;
 * nothing else of this project. Never on the class path of {@code serve}.
 */
@NullMarked
package io.realtime.demo.broker;

import org.jspecify.annotations.NullMarked;
