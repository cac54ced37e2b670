package io.realtime.verification.simulation;

import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.start.Start;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sees everything, and says which invariants of delivery were broken. It takes its own notes of
 * what the store did and what clients read, and believes no part of the product.
 */
final class Oracle {
  private static final int MAX_VIOLATIONS = 20;

  /** How much longer than its time to live an event may be sent: an outage and a purge. */
  private static final Duration EXPIRY_SLACK = Duration.ofMinutes(2);

  private final Scheduler scheduler;
  private final Consumer<Supplier<String>> trace;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, History> histories = new HashMap<>();
  private final Map<PartitionKey, Long> resolved = new HashMap<>();
  private final Map<PartitionKey, NavigableMap<Long, Source.Produced>> produced = new HashMap<>();
  private final Set<Source.Produced> excused = new HashSet<>();
  private final Set<Source.Produced> letters = new HashSet<>();
  private final Arrivals arrivals;
  private final Audits audits;
  private long proofs;

  Oracle(Scheduler scheduler, Consumer<Supplier<String>> trace) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.arrivals = new Arrivals(this, scheduler, trace);
    this.audits = new Audits(this, scheduler);
  }

  /** Its notes of devices that come. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** Its notes of what was removed unread. */
  Audits audits() {
    return audits;
  }

  /** How many proofs there were. */
  long proofs() {
    return proofs;
  }

  /** One more, which takes effect now. */
  long countProof() {
    return ++proofs;
  }

  History of(String userId) {
    return histories.computeIfAbsent(userId, user -> new History());
  }

  void violation(String invariant, String detail) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(invariant + ": " + detail);
      trace.accept(() -> "VIOLATION " + invariant + ": " + detail);
    }
  }

  List<String> violations() {
    return violations;
  }

  /** Says it to whoever reads along. */
  void note(Supplier<String> what) {
    trace.accept(what);
  }

  void produced(Source.Produced record) {
    produced
        .computeIfAbsent(record.partition(), key -> new TreeMap<>())
        .put(record.offset(), record);
  }

  /** Kafka holds the records of this incarnation no longer. */
  void gone(PartitionKey partition) {
    long done = resolvedTo(partition);
    excused.addAll(recordsOf(partition).tailMap(done, false).values());
  }

  private NavigableMap<Long, Source.Produced> recordsOf(PartitionKey partition) {
    return produced.getOrDefault(partition, Collections.emptyNavigableMap());
  }

  private long resolvedTo(PartitionKey partition) {
    return resolved.getOrDefault(partition, -1L);
  }

  void started(Start start) {
    trace.accept(() -> "started " + start);
  }

  void appended(PartitionKey partition, List<Item> items, List<Outcome> outcomes) {
    for (int i = 0; i < items.size(); i++) {
      resolved.merge(partition, items.get(i).watermark().offset(), Math::max);
      if (outcomes.get(i) instanceof Outcome.Stored(List<Entry> entries)) {
        entries.forEach(this::stored);
      }
    }
  }

  private void stored(Entry entry) {
    trace.accept(() -> "stored " + entry.userId() + " seq=" + entry.seq() + " " + entry.eventId());
    History history = of(entry.userId());
    history.head = entry.seq();
    history.stored.put(entry.seq(), new History.Stored(entry, scheduler.millis()));
    history.subjects.add(field(text(entry), "orderId"));
    if (history.seqs.put(entry.eventId(), entry.seq()) != null) {
      violation("I6 twice in an inbox", entry.userId() + " " + entry.eventId());
    }
  }

  private static String text(Entry entry) {
    return new String(entry.payload(), StandardCharsets.UTF_8);
  }

  void evicted(String userId, Gap gap) {
    trace.accept(() -> "evicted " + userId + " " + gap);
    of(userId).evicted.add(gap);
    audits.evicted(userId, gap);
  }

  void proven(String userId, Proof proof) {
    trace.accept(() -> "proven " + userId + " " + proof.seqs());
    long at = ++proofs;
    proof.seqs().forEach(seq -> of(userId).provenAt.putIfAbsent(seq, at));
  }

  /** Notes whether the device has everything now. */
  void observe(Connection connection) {
    if (connection.usable() && connection.lastSeq == of(connection.device().userId()).head) {
      connection.device().completeAt = scheduler.millis();
    }
  }

  /**
   * A client has read an event.
   *
   * @return its position, when it is of the client's own inbox
   */
  Optional<Position> received(Connection connection, FakeSocket.Sent sent) {
    Device device = connection.device();
    String text = sent.payload();
    String userId = field(text, "buyerId");
    String eventId = field(text, "eventId");
    trace.accept(() -> "received " + device + " " + sent.event() + " " + eventId);
    if (sent.event().startsWith("admin:")) {
      if (!device.observer()) {
        violation("I4 isolation", sent.event() + " at " + device);
      }
      return Optional.empty();
    }
    if (sent.event().startsWith("inventory:")) {
      if (!connection.watches()) {
        violation("I4 isolation", sent.event() + " at " + device);
      }
      return Optional.empty();
    }
    if (!userId.equals(device.userId())) {
      violation("I4 isolation", eventId + " of " + userId + " at " + device);
      return Optional.empty();
    }
    History history = of(userId);
    Long seq = history.seqs.get(eventId);
    if (seq == null || !text(entry(history, seq)).equals(text)) {
      violation("I3 invented", eventId + " at " + device + ": " + text);
      return Optional.empty();
    }
    if (device.observer()) {
      return Optional.empty();
    }
    Position position = entry(history, seq).position();
    if (!position.text().equals(sent.message().arguments().getLast())) {
      violation("I3 position invented", eventId + " at " + device);
    }
    got(connection, history, seq);
    return Optional.of(position);
  }

  private void got(Connection connection, History history, long seq) {
    Device device = connection.device();
    if (seq <= connection.lastSeq) {
      violation("I5 order", "seq " + seq + " behind " + connection.lastSeq + " at " + device);
    }
    connection.lastSeq = seq;
    device.got.add(seq);
    history.got.add(seq);
    Long provenAt = history.provenAt.get(seq);
    if (provenAt != null && provenAt <= connection.decidedAt && seq <= connection.resentBehind) {
      violation("I6 sent again after proof", "seq " + seq + " at " + device);
    }
    long age = scheduler.millis() - stored(history, seq).at();
    if (age > World.LIMITS.lifetimes().entry().plus(EXPIRY_SLACK).toMillis()) {
      violation("expired", "seq " + seq + " at " + device + " after " + age + " ms");
    }
  }

  private static Entry entry(History history, long seq) {
    return stored(history, seq).entry();
  }

  private static History.Stored stored(History history, long seq) {
    History.Stored stored = history.stored.get(seq);
    if (stored == null) {
      throw new IllegalStateException("seq " + seq + ": unknown (expected: stored)");
    }
    return stored;
  }

  void gapTold(Device device, Map<?, ?> gap) {
    trace.accept(() -> "gap told " + device + " " + gap);
    of(device.userId())
        .told
        .add(
            new History.Span(
                Instant.parse(String.valueOf(gap.get("since"))),
                Instant.parse(String.valueOf(gap.get("until")))));
  }

  /** A process asks the broker to commit: nothing before {@code next} will be read again. */
  void committing(PartitionKey partition, long next) {
    trace.accept(() -> "commits " + partition + " " + next);
    Long last = recordsOf(partition).lowerKey(next);
    if (last != null && last > resolvedTo(partition)) {
      violation("I2 commit safety", partition + " at " + next);
    }
  }

  void deadLettered(SourceRecord record) {
    Source.Produced letter =
        Objects.requireNonNull(recordsOf(record.partition()).get(record.offset()));
    trace.accept(() -> "dead letter " + record.partition() + "@" + record.offset());
    if (letter.kind() != Source.Kind.POISON) {
      violation("I7 dead letter of a good record", letter.toString());
    }
    byte[] value = record.value();
    if (value == null || !new String(value, StandardCharsets.UTF_8).equals(letter.text())) {
      violation("I7 dead letter with other bytes", letter.toString());
    }
    if (!letters.add(letter) && record.offset() <= resolvedTo(record.partition())) {
      violation("I7 dead letter repeated", letter.toString());
    }
  }

  /** Whether everything has arrived where it belongs. */
  boolean drained(Collection<Source> sources) {
    return sources.stream()
            .allMatch(
                source -> resolvedTo(source.key()) == source.lastRecord() && source.committed())
        && histories.values().stream()
            .allMatch(
                history ->
                    history.stored.keySet().stream()
                        .allMatch(
                            seq -> history.provenAt.containsKey(seq) || history.evicted(seq)));
  }

  /** After everything was healed and had its time. */
  void finish(Collection<Source> sources, Collection<Device> devices, long entriesLeft) {
    for (Source source : sources) {
      if (resolvedTo(source.key()) != source.lastRecord()) {
        violation("I9 not resolved", source.key() + " to " + resolvedTo(source.key()));
      }
      if (!source.committed()) {
        violation(
            "I9 not committed", source.key() + " to " + source.end() + ": " + source.commit());
      }
    }
    produced.values().stream()
        .flatMap(records -> records.values().stream())
        .filter(record -> !excused.contains(record))
        .forEach(this::settled);
    histories.forEach(
        (userId, history) -> {
          for (History.Stored stored : history.stored.values()) {
            delivered(userId, history, stored.entry());
          }
        });
    devices.stream()
        .filter(device -> !device.observer())
        .flatMap(device -> device.connection.stream())
        .forEach(this::complete);
    audits.finish();
    if (entriesLeft != 0) {
      violation("I9 not drained", entriesLeft + " entries are left");
    }
  }

  private void settled(Source.Produced record) {
    switch (record.kind()) {
      case PERSONAL -> {
        if (!of(record.userId()).subjects.contains(record.subject())) {
          violation("I1 lost", "never stored: " + record);
        }
      }
      case POISON -> {
        if (!letters.contains(record)) {
          violation("I7 no dead letter", record.toString());
        }
      }
      case TOMBSTONE, STATE -> {}
    }
  }

  private void delivered(String userId, History history, Entry entry) {
    if (history.got.contains(entry.seq())) {
      return;
    }
    if (!history.evicted(entry.seq())) {
      violation("I1 lost", "stored, not received: " + userId + " seq " + entry.seq());
    } else if (!history.told(entry.acceptedAt())) {
      violation("I10 gap not told", userId + " seq " + entry.seq());
    }
  }

  private void complete(Connection connection) {
    Device device = connection.device();
    History history = of(device.userId());
    Stream<Long> owed =
        history.stored.keySet().stream()
            .filter(seq -> seq > connection.since && !history.evicted(seq))
            .filter(seq -> !device.seenElsewhere.contains(seq));
    owed.filter(seq -> !device.got.contains(seq))
        .forEach(seq -> violation("live device incomplete", device + " seq " + seq));
  }

  /** A text member of an event. */
  static String field(String json, String name) {
    String start = '"' + name + "\":\"";
    int from = json.indexOf(start);
    return from < 0
        ? ""
        : json.substring(from + start.length(), json.indexOf('"', from + start.length()));
  }
}
