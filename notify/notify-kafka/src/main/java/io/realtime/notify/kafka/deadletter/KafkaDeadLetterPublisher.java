package io.realtime.notify.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.client.LazyProducer;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters to {@link InternalTopics#DEAD_LETTER}: key, value and headers of the record
 * unchanged, and {@link DeadLetterHeaders} behind them. A record that is too large for the topic
 * leaves a stub.
 */
public final class KafkaDeadLetterPublisher implements DeadLetterPublisher {
  /** A stub keeps the record's key and headers only when they are no larger than this, in bytes. */
  static final int MAX_STUB_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetterPublisher.class);

  private final KafkaSettings settings;
  private final LazyProducer producer;

  public KafkaDeadLetterPublisher(KafkaSettings settings) {
    this.settings = settings;
    this.producer = new LazyProducer(ClientConfigs.producer(settings, "dead-letter"));
  }

  @Override
  public CompletionStage<Void> publish(DeadLetter letter) {
    return producer
        .send(copy(letter))
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              if (!(cause instanceof RecordTooLargeException)) {
                return CompletableFuture.failedStage(cause);
              }
              LOG.warn(
                  "kafka: record {}:{}:{} is too large for {}; a stub is kept",
                  letter.record().partition().topic(),
                  letter.record().partition().partition(),
                  letter.record().offset(),
                  InternalTopics.DEAD_LETTER);
              return producer.send(stub(letter));
            });
  }

  @Override
  public void close() {
    producer.close();
  }

  private ProducerRecord<byte[], byte[]> copy(DeadLetter letter) {
    SourceRecord record = letter.record();
    var out =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.DEAD_LETTER, null, record.key(), record.value());
    record.headers().forEach(header -> out.headers().add(header.name(), header.value()));
    addOurs(letter, out);
    return out;
  }

  private ProducerRecord<byte[], byte[]> stub(DeadLetter letter) {
    SourceRecord record = letter.record();
    byte[] value = record.value() == null ? new byte[0] : record.value();
    byte[] key = record.key();
    long headerBytes =
        record.headers().stream()
            .mapToLong(h -> h.name().length() + (h.value() == null ? 0 : h.value().length))
            .sum();
    var out =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.DEAD_LETTER,
            null,
            key != null && key.length <= MAX_STUB_BYTES ? key : null,
            null);
    if (headerBytes <= MAX_STUB_BYTES) {
      record.headers().forEach(header -> out.headers().add(header.name(), header.value()));
    }
    addOurs(letter, out);
    out.headers().add(DeadLetterHeaders.VALUE_SHA256, sha256(value).getBytes(UTF_8));
    out.headers().add(DeadLetterHeaders.VALUE_SIZE, Integer.toString(value.length).getBytes(UTF_8));
    return out;
  }

  private void addOurs(DeadLetter letter, ProducerRecord<byte[], byte[]> out) {
    DeadLetterHeaders.of(letter, settings.groupId(), settings.nodeId())
        .forEach((name, value) -> out.headers().add(name, value.getBytes(UTF_8)));
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
