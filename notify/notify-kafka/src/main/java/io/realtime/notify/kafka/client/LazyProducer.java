package io.realtime.notify.kafka.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A producer that is made at its first use and again after it failed to be made, so that a broker
 * whose name does not resolve yet does not keep the service from starting. Any thread.
 */
public final class LazyProducer implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, Object> config;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private boolean closed;

  public LazyProducer(Map<String, Object> config) {
    this.config = Map.copyOf(config);
  }

  /**
   * Blocks for at most {@code max.block.ms} while the topic's metadata is unknown; completes after
   * the broker's ack or fails with what Kafka says.
   */
  public CompletionStage<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      var _ =
          producer()
              .send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      acknowledged.complete(null);
                    } else {
                      acknowledged.completeExceptionally(failure);
                    }
                  });
    } catch (KafkaException | IllegalStateException e) {
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (closed) {
      throw new IllegalStateException("the kafka producer is closed");
    }
    KafkaProducer<byte[], byte[]> current = producer;
    if (current == null) {
      current = new KafkaProducer<>(config);
      producer = current;
    }
    return current;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(CLOSE_TIMEOUT);
      producer = null;
    }
  }
}
