package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.KafkaDeadLetterPublisher;
import io.realtime.notify.kafka.lane.LaneRuntime;
import io.realtime.notify.kafka.lane.RecordResolver;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader whose log differs from what was read: one broker cannot be made to, so it is told. */
class LogTruncationTest {

  @Test
  void divergentLog_isReadAgainFromWhereItDiverges_asNextGeneration(@TempDir Path directory)
      throws Exception {
    String topic = "order.truncated";
    MemoryStore store = new MemoryStore();
    AtomicReference<@Nullable LogTruncationException> next = new AtomicReference<>();
    AtomicBoolean stopping = new AtomicBoolean();
    try (Kafka kafka = Kafka.start(directory);
        LaneThreads threads = new LaneThreads()) {
      kafka.create(topic, 1);
      KafkaSettings settings = Node.settings(kafka.bootstrap(), topic);
      IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
      KafkaHealth health = new KafkaHealth(kafka.bootstrap(), metrics);
      InstantSource clock = InstantSource.system();
      StartRule rule = new StartRule(settings, store, metrics, health, clock.instant());
      try (KafkaConsumer<byte[], byte[]> real =
              new KafkaConsumer<>(ClientConfigs.consumer(settings));
          Admin admin = Admin.create(ClientConfigs.admin(settings));
          KafkaDeadLetterPublisher letters = new KafkaDeadLetterPublisher(settings)) {
        Consumer<byte[], byte[]> told = told(real, next);
        rule.initialise(told, admin, Pattern.compile(topic));
        LaneRuntime runtime =
            new LaneRuntime(
                threads.executor(), threads, clock, () -> ThreadLocalRandom.current().nextLong());
        PollLoop loop =
            new PollLoop(
                told,
                admin,
                settings,
                rule,
                new PollLoop.Lanes(
                    new RecordResolver(
                        store, store, letters, settings.limits(), new LaneReports(metrics, health)),
                    runtime),
                new PollLoop.Reports(health, metrics));
        Thread poll =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        loop.run(Pattern.compile(topic), stopping::get);
                        loop.stop();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
        try {
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> health.health().detail().contains("connected"));
          for (int i = 0; i < 5; i++) {
            kafka.send(topic, "u1", Integer.toString(i));
          }
          await().untilAsserted(() -> assertThat(store.values(topic)).hasSize(5));

          TopicPartition partition = new TopicPartition(topic, 0);
          next.set(
              new LogTruncationException(
                  "truncated", Map.of(partition, 5L), Map.of(partition, new OffsetAndMetadata(3))));
          await()
              .atMost(Duration.ofSeconds(20))
              .untilAsserted(
                  () ->
                      assertThat(store.values(topic))
                          .containsExactly("0", "1", "2", "3", "4", "3", "4"));
          assertThat(store.resolved(topic).getLast().record().generation()).isEqualTo(1);
          await()
              .untilAsserted(
                  () ->
                      assertThat(health.health().detail())
                          .contains("went on elsewhere")
                          .contains("at 3 (LOG_TRUNCATED)"));
        } finally {
          stopping.set(true);
          poll.join();
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Consumer<byte[], byte[]> told(
      Consumer<byte[], byte[]> real, AtomicReference<@Nullable LogTruncationException> next) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            LogTruncationTest.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              LogTruncationException planted =
                  method.getName().equals("poll") ? next.getAndSet(null) : null;
              if (planted != null) {
                throw planted;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
