package io.realtime.notify.kafka.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.audit.Audit;
import io.realtime.notify.core.ingest.SourceRecord.Header;
import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.client.LazyProducer;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead-letter topic and the decisions about its letters ({@link InternalTopics#DECISIONS},
 * compacted, keyed by letter id). Needs no service and no store but Kafka. One thread; every call
 * blocks and fails with a {@link KafkaException}.
 */
public final class DeadLetters implements AutoCloseable {
  /** Ids that are known at once, of letters and of decisions: what a small heap holds. */
  static final int MAX_KNOWN = 200_000;

  private static final String KIND = "dlq-decision";
  private static final String AT = "dlq-decided-at";
  private static final String BY = "dlq-decided-by";
  private static final String REASON = "dlq-reason";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings settings;
  private final InstantSource clock;
  private final LazyProducer producer;
  private boolean ensured;

  public DeadLetters(KafkaSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.producer = new LazyProducer(ClientConfigs.producer(settings, "dlq"));
  }

  /** A letter and where it stands. */
  public record Found(Letter letter, LetterState state, Optional<Decision> decision) {}

  /**
   * Hands over the letters that were there when it was called, those of a partition in order; one
   * that was written twice only once.
   *
   * @return how many there were
   */
  public int read(LetterFilter filter, Predicate<Found> more) {
    Map<String, Decision> decisions = decisions();
    Set<String> seen = new HashSet<>();
    int[] count = {0};
    readAll(
        InternalTopics.DEAD_LETTER,
        record -> {
          Letter letter = Letter.of(record);
          Optional<Decision> decision = Optional.ofNullable(decisions.get(letter.id()));
          LetterState state = LetterState.of(letter, decision);
          if (!filter.fits(letter, state) || (seen.size() < MAX_KNOWN && !seen.add(letter.id()))) {
            return true;
          }
          count[0]++;
          return more.test(new Found(letter, state, decision));
        });
    return count[0];
  }

  /**
   * Puts a letter back onto the ingress topic under its event id and the next replay number, and
   * then writes the decision down. A crash in between leaves it open: replayed again, it has the
   * same number, and the inbox takes it once.
   */
  public void replay(Letter letter, String by, String reason) {
    if (letter.value() == null) {
      throw new IllegalArgumentException(letter.id() + ": has no value (expected: no stub)");
    }
    ensure();
    var record =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.INGRESS, null, letter.key(), letter.value());
    for (Header header : letter.replayHeaders()) {
      record.headers().add(header.name(), header.value());
    }
    send(record);
    decide(new Decision(letter.id(), Decision.Kind.REPLAYED, clock.instant(), by, reason));
  }

  /** Writes down that a letter is never to be delivered. */
  public void discard(Letter letter, String by, String reason) {
    ensure();
    decide(new Decision(letter.id(), Decision.Kind.DISCARDED, clock.instant(), by, reason));
  }

  private void decide(Decision decision) {
    byte[] kind = decision.kind().name().getBytes(UTF_8);
    var record =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.DECISIONS, null, decision.letterId().getBytes(UTF_8), kind);
    record
        .headers()
        .add(KIND, kind)
        .add(AT, decision.at().toString().getBytes(UTF_8))
        .add(BY, decision.by().getBytes(UTF_8))
        .add(REASON, decision.reason().getBytes(UTF_8));
    send(record);
    Audit.record(
        "deadletter.decided",
        "letter",
        decision.letterId(),
        "decision",
        decision.kind(),
        "by",
        decision.by(),
        "reason",
        decision.reason());
  }

  private Map<String, Decision> decisions() {
    Map<String, Decision> decisions = new HashMap<>();
    readAll(
        InternalTopics.DECISIONS,
        record -> {
          if (decisions.size() >= MAX_KNOWN) {
            // A letter whose decision is not known would be replayed a second time.
            throw new KafkaException(
                InternalTopics.DECISIONS
                    + ": more decisions (expected: at most "
                    + MAX_KNOWN
                    + ")");
          }
          if (record.key() != null) {
            decision(record).ifPresent(d -> decisions.put(d.letterId(), d));
          }
          return true;
        });
    return decisions;
  }

  private static Optional<Decision> decision(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), h.value() == null ? "" : new String(h.value(), UTF_8)));
    for (Decision.Kind kind : Decision.Kind.values()) {
      if (kind.name().equals(headers.get(KIND))) {
        return Optional.of(
            new Decision(
                new String(record.key(), UTF_8),
                kind,
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                headers.getOrDefault(BY, ""),
                headers.getOrDefault(REASON, "")));
      }
    }
    return Optional.empty();
  }

  /** From the first record to the last there is now, until told to stop; a topic may be missing. */
  private void readAll(String topic, Predicate<ConsumerRecord<byte[], byte[]>> more) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(ClientConfigs.reader(settings, "dlq"))) {
      List<PartitionInfo> infos = consumer.listTopics(TIMEOUT).getOrDefault(topic, List.of());
      Set<TopicPartition> left = new HashSet<>();
      infos.forEach(i -> left.add(new TopicPartition(topic, i.partition())));
      consumer.assign(left);
      consumer.seekToBeginning(left);
      Map<TopicPartition, Long> ends = consumer.endOffsets(left, TIMEOUT);
      while (true) {
        left.removeIf(p -> consumer.position(p, TIMEOUT) >= ends.getOrDefault(p, 0L));
        if (left.isEmpty()) {
          return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          long end = ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
          if (record.offset() < end && !more.test(record)) {
            return;
          }
        }
      }
    }
  }

  /** The decisions need their topic before the first one. */
  private void ensure() {
    if (ensured) {
      return;
    }
    try (Admin admin = Admin.create(ClientConfigs.admin(settings))) {
      List<String> problems = new ArrayList<>(InternalTopics.ensure(admin));
      problems.removeIf(problem -> !problem.contains("no right to write"));
      if (!problems.isEmpty()) {
        throw new KafkaException(String.join("; ", problems));
      }
      ensured = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException(
          "kafka did not confirm a write to " + record.topic() + ": " + Causes.text(e),
          Causes.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
