package io.realtime.verification.simulation;

import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.start.Start;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees everything, and says which invariants of delivery were broken. It takes its own notes of
 * what the store did and what clients read, and believes no part of the product.
 */
final class Oracle {
  private static final int MAX_VIOLATIONS = 20;

  /** How much longer than its time to live an event may be sent: an outage and a purge. */
  private static final Duration EXPIRY_SLACK = Duration.ofMinutes(2);

  /** Who is back within this time after it had everything misses nothing. */
  private static final Duration BREAK = Duration.ofMinutes(2);

  private final Scheduler scheduler;
  private final Plant plant;
  private final Consumer<Supplier<String>> trace;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, History> histories = new HashMap<>();
  private final Map<PartitionKey, Long> resolved = new HashMap<>();
  private final Map<PartitionKey, List<Source.Produced>> produced = new HashMap<>();
  private final Set<Source.Produced> excused = new HashSet<>();
  private final Set<Source.Produced> letters = new HashSet<>();
  private final Map<String, Connection> byPid = new HashMap<>();
  private @Nullable Connection attaching;
  private long proofs;

  Oracle(Scheduler scheduler, Plant plant, Consumer<Supplier<String>> trace) {
    this.scheduler = scheduler;
    this.plant = plant;
    this.trace = trace;
  }

  private History of(String userId) {
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

  void produced(Source.Produced record) {
    produced.computeIfAbsent(record.partition(), key -> new ArrayList<>()).add(record);
  }

  /** Kafka holds the records of this incarnation no longer. */
  void gone(PartitionKey partition) {
    long done = resolvedTo(partition);
    recordsOf(partition).stream().filter(record -> record.offset() > done).forEach(excused::add);
  }

  private List<Source.Produced> recordsOf(PartitionKey partition) {
    return produced.getOrDefault(partition, List.of());
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
  }

  void proven(String userId, Proof proof) {
    trace.accept(() -> "proven " + userId + " " + proof.seqs());
    long at = ++proofs;
    proof.seqs().forEach(seq -> of(userId).provenAt.putIfAbsent(seq, at));
  }

  /** Runs {@code attach}, in which the product makes up the connection's pid. */
  void attaching(Connection connection, Runnable attach) {
    attaching = connection;
    attach.run();
    attaching = null;
  }

  void arriving(String pid) {
    if (attaching != null) {
      byPid.put(pid, attaching);
    }
  }

  /** What to note when the store has decided what a connection is owed. */
  Consumer<Welcome> connecting(Arrival arrival) {
    return welcome -> {
      Connection connection = byPid.get(arrival.freshPid());
      if (connection != null) {
        welcomed(connection, arrival, welcome);
        trace.accept(() -> "welcome " + connection.device() + " " + welcome);
      }
    };
  }

  private void welcomed(Connection connection, Arrival arrival, Welcome welcome) {
    Device device = connection.device();
    History history = of(arrival.userId());
    connection.since = welcome.head().seq();
    connection.resentBehind = connection.since;
    device.pid = Optional.of(welcome.pid());
    if (welcome instanceof Welcome.Fresh fresh) {
      connection.greeting = Optional.of(plant.told(fresh));
      if (fresh.chained()) {
        long returned = arrival.returnedPosition().orElseThrow().seq();
        long at = ++proofs;
        history.stored.keySet().stream()
            .filter(seq -> seq <= returned)
            .forEach(seq -> history.provenAt.putIfAbsent(seq, at));
        connection.resentBehind = returned;
        if (scheduler.millis() - device.completeAt <= BREAK.toMillis()) {
          connection.since = returned;
        }
      }
    }
    if (connection.since == welcome.head().seq()) {
      device.seenElsewhere.addAll(history.provenAt.keySet());
    }
    connection.decidedAt = proofs;
  }

  /** What a device says when it comes back. */
  Arrival returning(Arrival arrival) {
    Connection connection = byPid.get(arrival.freshPid());
    if (connection == null || connection.device().observer()) {
      return arrival;
    }
    Device device = connection.device();
    return new Arrival(arrival.userId(), arrival.freshPid(), device.pid, device.position, false);
  }

  Instant now() {
    return scheduler.instant();
  }

  /** Notes whether the device has everything now. */
  void observe(Connection connection) {
    if (connection.usable() && connection.lastSeq == of(connection.device().userId()).head) {
      connection.device().completeAt = scheduler.millis();
    }
  }

  void received(Connection connection, FakeSocket.Sent sent) {
    Device device = connection.device();
    String text = sent.payload();
    String userId = field(text, "buyerId");
    String eventId = field(text, "eventId");
    trace.accept(() -> "received " + device + " " + eventId);
    if (!userId.equals(device.userId())) {
      violation("I4 isolation", eventId + " of " + userId + " at " + device);
      return;
    }
    History history = of(userId);
    Long seq = history.seqs.get(eventId);
    if (seq == null || !text(entry(history, seq)).equals(text)) {
      violation("I3 invented", eventId + " at " + device + ": " + text);
      return;
    }
    if (device.observer()) {
      return;
    }
    if (seq <= connection.lastSeq) {
      violation("I5 order", "seq " + seq + " behind " + connection.lastSeq + " at " + device);
    }
    connection.lastSeq = seq;
    connection.seqs.add(seq);
    history.got.add(seq);
    device.position = Optional.of(entry(history, seq).position());
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

  void committed(PartitionKey partition, long next) {
    if (next - 1 > resolvedTo(partition)) {
      violation("I2 commit safety", partition + " at " + next);
    }
  }

  void deadLettered(SourceRecord record) {
    Source.Produced letter = recordsOf(record.partition()).get(Math.toIntExact(record.offset()));
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
                source ->
                    resolvedTo(source.key()) == source.end() - 1
                        && source.commit().map(it -> it.offset() == source.end()).orElse(true))
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
      if (resolvedTo(source.key()) != source.end() - 1) {
        violation("I9 not resolved", source.key() + " to " + resolvedTo(source.key()));
      }
      if (source.end() > 0 && source.commit().orElseThrow().offset() != source.end()) {
        violation("I9 not committed", source.key() + " " + source.commit());
      }
    }
    produced.values().stream()
        .flatMap(List::stream)
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
    owed.filter(seq -> !connection.seqs.contains(seq))
        .forEach(seq -> violation("live device incomplete", device + " seq " + seq));
  }

  private static String field(String json, String name) {
    String start = '"' + name + "\":\"";
    int from = json.indexOf(start);
    return from < 0
        ? ""
        : json.substring(from + start.length(), json.indexOf('"', from + start.length()));
  }
}
