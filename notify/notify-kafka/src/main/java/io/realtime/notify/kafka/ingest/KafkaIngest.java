package io.realtime.notify.kafka.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetterPublisher;
import io.realtime.notify.kafka.lane.Backoff;
import io.realtime.notify.kafka.lane.LaneRuntime;
import io.realtime.notify.kafka.lane.RecordResolver;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source topics and hands what they hold to the {@link Intake}. Starts without a broker,
 * stays up when the broker goes and comes back to it by itself.
 *
 * <p>One thread, {@code kafka-poll}, owns the consumer. {@link #start} and {@link #close} are
 * called once each, from any thread; {@link #health} at any time.
 */
public final class KafkaIngest implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Backoff RECONNECT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
  private static final Duration TOPICS_RECHECK = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaIngest.class);

  private final KafkaSettings settings;
  private final IngestMetrics metrics;
  private final KafkaHealth health;
  private final StartRule startRule;
  private final RecordResolver resolver;
  private final LaneThreads threads = new LaneThreads();
  private final LaneRuntime runtime;
  private final Pattern subscription;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /**
   * @param clock its instant now is the first start of a service that never started before
   * @param deadLetters stays the caller's to close, after this
   */
  public KafkaIngest(
      KafkaSettings settings,
      Intake intake,
      Watermarks watermarks,
      DeadLetterPublisher deadLetters,
      InstantSource clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.metrics = new IngestMetrics(meters);
    this.health = new KafkaHealth(settings.bootstrapServers(), metrics);
    this.startRule = new StartRule(settings, watermarks, metrics, health, clock.instant());
    this.resolver =
        new RecordResolver(
            intake, watermarks, deadLetters, settings.limits(), new LaneReports(metrics, health));
    this.runtime =
        new LaneRuntime(
            threads.executor(), threads, clock, () -> ThreadLocalRandom.current().nextLong());
    this.subscription = subscription(settings);
    this.thread = Thread.ofPlatform().name("kafka-poll").unstarted(this::run);
  }

  public KafkaIngest start() {
    thread.start();
    return this;
  }

  /** The check {@code kafka} of readiness. */
  public Health.Source health() {
    return health;
  }

  /** Lets records in hand finish, for 5 s at most, commits and leaves. */
  @Override
  public void close() {
    stopping.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_TIMEOUT.plus(PollLoop.REVOKE_TIMEOUT).plusSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
    health.stopped();
  }

  /** The source topics and our own ingress; never the dead letters. */
  static Pattern subscription(KafkaSettings settings) {
    String excluded = settings.excludedTopics().map(p -> "|" + p.pattern()).orElse("");
    return Pattern.compile(
        "(?!(?:"
            + Pattern.quote(InternalTopics.DEAD_LETTER)
            + "|"
            + Pattern.quote(InternalTopics.DECISIONS)
            + excluded
            + ")$)(?:"
            + settings.topics().pattern()
            + ")|"
            + Pattern.quote(InternalTopics.INGRESS));
  }

  private void run() {
    int failures = 0;
    while (!isStopping()) {
      try {
        consume();
        failures = 0;
      } catch (WakeupException | InterruptException | InterruptedException e) {
        // Told to stop, as the condition above sees.
      } catch (RuntimeException | Error e) {
        failures++;
        health.failed(Causes.text(e));
        LOG.warn("kafka: cannot read now, tried again: {}", Causes.text(e));
        LOG.debug("kafka: cannot read", e);
      }
      pause(RECONNECT.after(failures, runtime.random()));
    }
  }

  private void consume() throws InterruptedException {
    try (Admin admin = Admin.create(ClientConfigs.admin(settings))) {
      ensureTopics(admin);
      Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientConfigs.consumer(settings));
      current = consumer;
      try {
        startRule.initialise(consumer, admin, subscription);
        consume(consumer, admin);
      } finally {
        current = null;
        close(consumer);
      }
    }
  }

  private void consume(Consumer<byte[], byte[]> consumer, Admin admin) throws InterruptedException {
    PollLoop loop =
        new PollLoop(
            consumer,
            admin,
            settings,
            startRule,
            new PollLoop.Lanes(resolver, runtime),
            new PollLoop.Reports(health, metrics));
    try {
      loop.run(subscription, this::isStopping);
    } finally {
      loop.stop();
      close(consumer);
      // The next consumer may be given the same partitions.
      loop.awaitLanes(this::isStopping);
    }
  }

  /** Once now, so that a first start finds them; what is wrong is looked at again later. */
  private void ensureTopics(Admin admin) throws InterruptedException {
    // A broker that does not answer is one failure, not two.
    Stages.ping(admin);
    health.reachable(Optional.empty());
    List<String> problems = InternalTopics.ensure(admin);
    health.topicProblems(problems);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> LOG.warn("kafka: {}", problem));
      Thread.ofVirtual().name("kafka-topics").start(this::recheckTopics);
    }
  }

  private void recheckTopics() {
    try {
      while (!stopping.await(TOPICS_RECHECK.toMillis(), TimeUnit.MILLISECONDS)) {
        try (Admin admin = Admin.create(ClientConfigs.admin(settings))) {
          List<String> problems = InternalTopics.ensure(admin);
          health.topicProblems(problems);
          if (problems.isEmpty()) {
            return;
          }
        } catch (KafkaException e) {
          LOG.debug("kafka: internal topics are not verified", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Consumer<?, ?> consumer) {
    try {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    } catch (KafkaException e) {
      LOG.debug("kafka: consumer did not close in order", e);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void pause(Duration time) {
    try {
      var _ = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
