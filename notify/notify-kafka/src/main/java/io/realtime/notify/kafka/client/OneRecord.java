package io.realtime.notify.kafka.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** One record, for a command line. */
public final class OneRecord {
  /** A process that has just started needs longer than a service that is warm. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private OneRecord() {}

  /**
   * Blocks until the broker has it, for at most 40 s.
   *
   * @return {@code topic-partition@offset}
   * @throws KafkaException when it was not confirmed
   */
  public static String send(
      KafkaSettings settings, String topic, Optional<byte[]> key, byte[] value) {
    Map<String, Object> config = ClientConfigs.producer(settings, "send");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) TIMEOUT.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      RecordMetadata written =
          producer
              .send(new ProducerRecord<>(topic, key.orElse(null), value))
              .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return written.topic() + "-" + written.partition() + "@" + written.offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("kafka did not confirm the record: " + Causes.text(e), Causes.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
