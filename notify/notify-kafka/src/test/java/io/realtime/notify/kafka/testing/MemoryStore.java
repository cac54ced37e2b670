package io.realtime.notify.kafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.catalogue.RoutedEvent;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An inbox of the simplest kind, with faults. A value is the behaviour: {@code poison...} is
 * rejected, {@code explode...} cannot be routed, {@code stuck...} cannot be appended unless
 * rejected; anything else is delivered. Thread-safe.
 */
public final class MemoryStore implements Intake, Watermarks {
  private final Map<PartitionKey, Watermark> marks = new HashMap<>();
  private final List<Resolved> accepted = new ArrayList<>();
  private final AtomicInteger routed = new AtomicInteger();
  private final Executor executor;
  private final Set<String> unavailableTopics = ConcurrentHashMap.newKeySet();
  private @Nullable Instant firstStart;
  private volatile boolean unavailable;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public MemoryStore() {
    this(Thread::startVirtualThread);
  }

  /**
   * @param executor runs each append
   */
  public MemoryStore(Executor executor) {
    this.executor = executor;
  }

  @Override
  public Verdict route(SourceRecord record) {
    routed.incrementAndGet();
    byte[] value = record.value();
    if (value == null) {
      return new Verdict.Skip(Verdict.SkipReason.TOMBSTONE);
    }
    String text = new String(value, UTF_8);
    if (text.startsWith("poison")) {
      return new Verdict.Reject(
          Verdict.Stage.VALIDATE, Verdict.ErrorCode.MISSING_FIELD, "buyerId is missing");
    }
    if (text.startsWith("explode")) {
      throw new IllegalStateException("cannot route\r\nthis");
    }
    return new Verdict.Deliver(new RoutedEvent(text, record.partition().topic(), List.of()));
  }

  @Override
  public CompletionStage<Void> accept(PartitionKey partition, List<Resolved> records) {
    CountDownLatch open = gate;
    return CompletableFuture.runAsync(() -> append(open, partition, records), executor);
  }

  private void append(CountDownLatch open, PartitionKey partition, List<Resolved> records) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (unavailable || unavailableTopics.contains(partition.topic())) {
      throw new StoreUnavailableException("disk full", new IOException("disk full"));
    }
    for (Resolved resolved : records) {
      if (resolved.verdict() instanceof Verdict.Deliver && text(resolved).startsWith("stuck")) {
        throw new IllegalStateException("too odd for the store");
      }
    }
    synchronized (this) {
      for (Resolved resolved : records) {
        SourceRecord record = resolved.record();
        Watermark mark = marks.get(partition);
        if (mark == null || record.offset() > mark.offset()) {
          accepted.add(resolved);
          marks.put(
              partition, new Watermark(record.offset(), record.leaderEpoch(), record.generation()));
        }
      }
    }
  }

  @Override
  public synchronized CompletionStage<Map<PartitionKey, Watermark>> all() {
    return CompletableFuture.completedFuture(Map.copyOf(marks));
  }

  @Override
  public synchronized CompletionStage<Optional<Instant>> firstStart() {
    return CompletableFuture.completedFuture(Optional.ofNullable(firstStart));
  }

  @Override
  public synchronized CompletionStage<Void> initialise(
      Instant instant, Map<PartitionKey, Watermark> starts) {
    firstStart = instant;
    marks.putAll(starts);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    if (unavailable) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("disk full", new IOException("disk full")));
    }
    marks.put(partition, watermark);
    return CompletableFuture.completedFuture(null);
  }

  /** Values in the order of their arrival, of this topic. */
  public synchronized List<String> values(String topic) {
    return accepted.stream()
        .filter(r -> r.record().partition().topic().equals(topic))
        .filter(r -> r.verdict() instanceof Verdict.Deliver)
        .map(MemoryStore::text)
        .toList();
  }

  /** Everything resolved, of this topic. */
  public synchronized List<Resolved> resolved(String topic) {
    return accepted.stream().filter(r -> r.record().partition().topic().equals(topic)).toList();
  }

  public synchronized Map<PartitionKey, Watermark> marks(String topic) {
    Map<PartitionKey, Watermark> found = new HashMap<>(marks);
    found.keySet().removeIf(k -> !k.topic().equals(topic));
    return found;
  }

  /** The store that comes after this one was lost. */
  public synchronized void forgetEverything() {
    marks.clear();
    accepted.clear();
    firstStart = null;
  }

  public void unavailable(boolean value) {
    unavailable = value;
  }

  /** For one topic alone. */
  public void unavailable(String topic, boolean value) {
    if (value) {
      unavailableTopics.add(topic);
    } else {
      unavailableTopics.remove(topic);
    }
  }

  /** Holds every append until {@link #release}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void release() {
    gate.countDown();
  }

  public int routed() {
    return routed.get();
  }

  private static String text(Resolved resolved) {
    byte[] value = resolved.record().value();
    return value == null ? "" : new String(value, UTF_8);
  }
}
