package io.realtime.verification.bench.delivery;

import io.realtime.verification.bench.load.Crowd;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** One service under load: how much it sustains, how late at half of that, and its storm. */
final class DeliveryRun {
  static final int USERS = 5_000;

  /** Events that are under way while it is loaded as far as it goes. */
  private static final int UNDER_WAY = 10_000;

  private static final int GROUP = 50;

  /** Events in a second that every machine must sustain. */
  private static final int BAR_LOAD = 10_000;

  /** Events that each user is owed when it comes back. */
  private static final int MISSED = 2;

  private static final Duration PROVEN = Duration.ofSeconds(3);
  private static final Duration STORM_LIMIT = Duration.ofSeconds(40);

  private final ServedProcess service;
  private final long brokerPid;
  private final Crowd crowd;
  private final Producer producer;
  private final StallProbe probe;
  private final Consumer<String> progress;

  DeliveryRun(
      ServedProcess service,
      long brokerPid,
      Crowd crowd,
      Producer producer,
      StallProbe probe,
      Consumer<String> progress) {
    this.service = service;
    this.brokerPid = brokerPid;
    this.crowd = crowd;
    this.producer = producer;
    this.probe = probe;
    this.progress = progress;
  }

  /** Loads it as far as it goes; events in a second. */
  double saturate(Duration time, Rounds rounds) {
    long[] before = crowd.eventsOfEach();
    long events = crowd.events();
    long sent = producer.count();
    double cpuBefore = service.cpuMicros();
    double brokerCpuBefore = ServedProcess.cpuMicros(brokerPid);
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      for (int i = 0; i < GROUP; i++) {
        producer.send(System.nanoTime());
      }
      crowd.awaitEvents(events + producer.count() - sent - UNDER_WAY);
    }
    long measured = crowd.events() - events;
    double rate = measured / ((System.nanoTime() - start) / 1e9);
    double cpu = (service.cpuMicros() - cpuBefore) / measured;
    double brokerCpu = (ServedProcess.cpuMicros(brokerPid) - brokerCpuBefore) / measured;
    fillUp();
    crowd.awaitEvents(events + producer.count() - sent);
    crowd.checkEvents(0, USERS, (producer.count() - sent) / USERS, before);
    rounds.add(Measure.EVENTS, rate);
    rounds.add(Measure.CPU, cpu);
    rounds.add(Measure.BROKER_CPU, brokerCpu);
    progress.accept(
        String.format(
            Locale.ROOT,
            "sustained %.0f events/s, %.1f us of the service and %.1f us of the broker for each",
            rate,
            cpu,
            brokerCpu));
    return rate;
  }

  /** Every user has got as many as every other. */
  private void fillUp() {
    while (producer.count() % USERS != 0) {
      producer.send(System.nanoTime());
    }
    producer.flush();
  }

  /** Latencies at one load that is the same everywhere, and at half of what was sustained. */
  void steady(double sustained, Duration time, Rounds rounds) {
    Histogram named = steady(BAR_LOAD, time);
    rounds.add(Measure.P50, named.getValueAtPercentile(50) / 1e6);
    rounds.add(Measure.P99, named.getValueAtPercentile(99) / 1e6);
    Histogram half = steady((long) sustained / 2, time);
    rounds.add(Measure.HALF_P50, half.getValueAtPercentile(50) / 1e6);
    rounds.add(Measure.HALF_P99, half.getValueAtPercentile(99) / 1e6);
  }

  /**
   * Sends at this rate; latencies from when a record was due to when its client has it. What came
   * before is proven first: else its proofs, of more events than this rate has, are measured too.
   */
  private Histogram steady(long perSecond, Duration time) {
    LockSupport.parkNanos(PROVEN.toNanos());
    long[] before = crowd.eventsOfEach();
    long events = crowd.events();
    long sent = producer.count();
    long count = perSecond * time.toSeconds() / USERS * USERS;
    crowd.startTiming();
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000 / perSecond;
      for (long left = due - System.nanoTime(); left > 200_000; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      producer.send(due);
    }
    crowd.awaitEvents(events + producer.count() - sent);
    Histogram latencies = crowd.stopTiming();
    crowd.checkEvents(0, USERS, count / USERS, before);
    progress.accept(
        String.format(
            Locale.ROOT,
            "at %d events/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms",
            perSecond,
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6,
            latencies.getMaxValue() / 1e6));
    return latencies;
  }

  /** All go at once, events are produced, and all come back at once. */
  void storm(Rounds rounds) {
    LockSupport.parkNanos(PROVEN.toNanos());
    crowd.resize(0);
    for (int i = 0; i < MISSED * USERS; i++) {
      producer.send(System.nanoTime());
    }
    producer.flush();
    LockSupport.parkNanos(PROVEN.toNanos());
    probe.reset();
    long start = System.nanoTime();
    crowd.resize(USERS);
    double connected = (System.nanoTime() - start) / 1e9;
    while (Arrays.stream(crowd.eventsOfEach()).anyMatch(events -> events < MISSED)) {
      if (System.nanoTime() - start > STORM_LIMIT.toNanos()) {
        throw new Crowd.BrokenRun("not everybody got what it was owed within " + STORM_LIMIT);
      }
      LockSupport.parkNanos(10_000_000);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    rounds.add(Measure.STORM, seconds);
    rounds.add(Measure.STALL, probe.longestMillis());
    rounds.add(Measure.BYSTANDER, probe.bystanderMillis());
    long recovered = crowd.recovered();
    rounds.add(Measure.RECOVERED, (double) recovered);
    progress.accept(
        String.format(
            Locale.ROOT,
            "storm: all back after %.1f s, drained after %.1f s, %d recovered, longest answer of a"
                + " loop %.0f ms (the machine: %.0f ms)",
            connected,
            seconds,
            recovered,
            probe.longestMillis(),
            probe.bystanderMillis()));
  }
}
