package io.realtime.notify.kafka.client;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** One record, for a command line. */
public final class OneRecord {
  private static final long TIMEOUT_SECONDS = 10;

  private OneRecord() {}

  /**
   * Blocks until the broker has it.
   *
   * @return {@code topic-partition@offset}
   * @throws KafkaException when it was not confirmed
   */
  public static String send(
      KafkaSettings settings, String topic, Optional<byte[]> key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(ClientConfigs.producer(settings, "send"))) {
      RecordMetadata written =
          producer
              .send(new ProducerRecord<>(topic, key.orElse(null), value))
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return written.topic() + "-" + written.partition() + "@" + written.offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("kafka did not confirm the record: " + Causes.text(e), Causes.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
