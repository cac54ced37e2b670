/** Tests of the package of the same name; those that need Kafka use a real broker. */
@NullMarked
package io.realtime.notify.kafka.client;

import org.jspecify.annotations.NullMarked;
