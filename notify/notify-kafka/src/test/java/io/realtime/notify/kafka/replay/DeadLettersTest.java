package io.realtime.notify.kafka.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetterHeaders;
import io.realtime.notify.kafka.deadletter.KafkaDeadLetterPublisher;
import io.realtime.notify.kafka.ingest.KafkaIngest;
import io.realtime.notify.kafka.replay.DeadLetters.Found;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersTest {
  private final MemoryStore store = new MemoryStore();
  private Kafka kafka;
  private KafkaSettings settings;
  private KafkaDeadLetterPublisher publisher;
  private KafkaIngest ingest;
  private DeadLetters letters;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    kafka = Kafka.start(directory);
    kafka.create("order.created", 1);
    settings = KafkaSettings.of(kafka.bootstrap(), "g", "n", Pattern.compile("order\\..*"));
    publisher = new KafkaDeadLetterPublisher(settings);
    ingest =
        new KafkaIngest(
                settings,
                store,
                store,
                publisher,
                InstantSource.system(),
                new SimpleMeterRegistry())
            .start();
    letters = new DeadLetters(settings, InstantSource.system());
    await().atMost(Duration.ofSeconds(30)).until(() -> kafka.exists(InternalTopics.DECISIONS));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ingest.health().health().detail().contains("connected"));
  }

  @AfterAll
  void stop() {
    letters.close();
    ingest.close();
    publisher.close();
    kafka.close();
  }

  @Test
  void replayThatFailsAgain_keepsIdAndFirstPosition_andIsParkedAfterThree() throws Exception {
    var record =
        new ProducerRecord<byte[], byte[]>(
            "order.created", null, "u1".getBytes(UTF_8), "poison parked".getBytes(UTF_8));
    record.headers().add("trace", new byte[] {1, 0});
    long offset = kafka.send(record).offset();
    String eventId = "order.created:0:" + offset;
    for (int replays = 0; replays < Letter.MAX_REPLAYS; replays++) {
      Found open = awaitLetter(eventId + "#" + replays);
      assertThat(open.state()).isEqualTo(LetterState.OPEN);
      letters.replay(open.letter(), "tester", "try again");
      assertThat(only(eventId + "#" + replays).state()).isEqualTo(LetterState.REPLAYED);
    }

    Found parked = awaitLetter(eventId + "#3");
    assertThat(parked.state()).isEqualTo(LetterState.PARKED);
    Letter letter = parked.letter();
    assertThat(letter.eventId()).isEqualTo(eventId);
    assertThat(letter.topic()).isEqualTo("order.created");
    assertThat(letter.header(DeadLetterHeaders.ORIGINAL_OFFSET)).isEqualTo(Long.toString(offset));
    assertThat(letter.header(IngressHeaders.TYPE)).isEqualTo("order.created");
    assertThat(letter.key()).isEqualTo("u1".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo("poison parked".getBytes(UTF_8));
    assertThat(letter.headers())
        .filteredOn(h -> h.name().equals("trace"))
        .singleElement()
        .satisfies(h -> assertThat(h.value()).containsExactly(1, 0));
    // One of each of ours, however often it came back.
    assertThat(letter.headers())
        .filteredOn(h -> h.name().startsWith("dlq-"))
        .extracting(h -> h.name())
        .doesNotHaveDuplicates();

    letters.discard(letter, "tester", "given up");
    Found discarded = only(eventId + "#3");
    assertThat(discarded.state()).isEqualTo(LetterState.DISCARDED);
    assertThat(discarded.decision().orElseThrow())
        .satisfies(
            d -> {
              assertThat(d.by()).isEqualTo("tester");
              assertThat(d.reason()).isEqualTo("given up");
              assertThat(d.at()).isBefore(Instant.now().plusSeconds(60));
            });
  }

  @Test
  void filters_chooseByEverythingThatIsGiven() throws Exception {
    long first = kafka.send("order.created", "u2", "poison filter-1").offset();
    long second = kafka.send("order.created", "u3", "poison filter-2").offset();
    String one = "order.created:0:" + first + "#0";
    String two = "order.created:0:" + second + "#0";
    awaitLetter(one);
    awaitLetter(two);
    LetterFilter any = LetterFilter.any().withIds(Set.of(one, two));
    assertThat(ids(any)).containsExactlyInAnyOrder(one, two);
    assertThat(ids(user(any, "u3"))).containsExactly(two);
    assertThat(ids(user(any, "u9"))).isEmpty();
    assertThat(ids(stage(any, "validate"))).containsExactlyInAnyOrder(one, two);
    assertThat(ids(stage(any, "APPEND"))).isEmpty();
    assertThat(ids(any.withStates(EnumSet.of(LetterState.PARKED)))).isEmpty();
    Instant failed = only(one).letter().failedAt();
    assertThat(ids(between(any, failed, failed.plusNanos(1)))).contains(one);
    assertThat(ids(between(any, failed.plusSeconds(60), failed.plusSeconds(61)))).isEmpty();
  }

  @Test
  void letterWrittenTwiceAfterACrash_isOne() throws Exception {
    long offset = kafka.send("order.created", "u1", "poison twice").offset();
    Found found = awaitLetter("order.created:0:" + offset + "#0");
    var copy =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.DEAD_LETTER, null, found.letter().key(), found.letter().value());
    found.letter().headers().forEach(h -> copy.headers().add(h.name(), h.value()));
    kafka.send(copy);
    assertThat(ids(LetterFilter.any().withIds(Set.of(found.letter().eventId())))).hasSize(1);
  }

  @Test
  void recordOfAnIngressEvent_keepsItsEventIdAndType() throws Exception {
    var record =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.INGRESS, null, "u1".getBytes(UTF_8), "poison rest".getBytes(UTF_8));
    record
        .headers()
        .add(IngressHeaders.TYPE, "order.updated".getBytes(UTF_8))
        .add(IngressHeaders.EVENT_ID, "rest:abc".getBytes(UTF_8));
    kafka.send(record);
    Letter letter = awaitLetter("rest:abc#0").letter();
    letters.replay(letter, "tester", "");
    Letter again = awaitLetter("rest:abc#1").letter();
    assertThat(again.topic()).isEqualTo(InternalTopics.INGRESS);
    assertThat(again.header(IngressHeaders.TYPE)).isEqualTo("order.updated");
    assertThat(again.header(DeadLetterHeaders.ORIGINAL_OFFSET))
        .isEqualTo(letter.header(DeadLetterHeaders.ORIGINAL_OFFSET));
  }

  @Test
  void forecast_saysWhatThisVersionMakesOfIt() {
    assertThat(forecast("{\"orderId\":\"o\",\"buyerId\":\"u7\"}"))
        .isInstanceOf(Verdict.Deliver.class);
    assertThat(forecast("{\"orderId\":\"o\"}")).isInstanceOf(Verdict.Reject.class);
    assertThat(letter("{\"buyerId\":\"u7\"}").user()).contains("u7");
    assertThat(letter("no json").user()).contains("k");
  }

  @Test
  void stub_cannotBeReplayed() {
    Letter whole = letter("x");
    Letter stub =
        new Letter(
            "0:0",
            "e",
            0,
            Instant.EPOCH,
            null,
            null,
            List.of(header(DeadLetterHeaders.VALUE_SIZE, "9000000")));
    assertThat(whole.isStub()).isFalse();
    assertThat(stub.isStub()).isTrue();
    assertThatThrownBy(() -> letters.replay(stub, "tester", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict forecast(String value) {
    return letter(value).forecast();
  }

  private static Letter letter(String value) {
    return new Letter(
        "0:0",
        "order.created:0:1",
        0,
        Instant.EPOCH,
        "k".getBytes(UTF_8),
        value.getBytes(UTF_8),
        List.of(header(DeadLetterHeaders.ORIGINAL_TOPIC, "order.created")));
  }

  private static io.realtime.notify.core.ingest.SourceRecord.Header header(
      String name, String value) {
    return new io.realtime.notify.core.ingest.SourceRecord.Header(name, value.getBytes(UTF_8));
  }

  private static LetterFilter user(LetterFilter f, String user) {
    return new LetterFilter(
        f.ids(),
        f.stage(),
        f.code(),
        f.topic(),
        Optional.of(user),
        f.since(),
        f.until(),
        f.states());
  }

  private static LetterFilter stage(LetterFilter f, String stage) {
    return new LetterFilter(
        f.ids(),
        Optional.of(stage),
        f.code(),
        f.topic(),
        f.user(),
        f.since(),
        f.until(),
        f.states());
  }

  private static LetterFilter between(LetterFilter f, Instant since, Instant until) {
    return new LetterFilter(
        f.ids(),
        f.stage(),
        f.code(),
        f.topic(),
        f.user(),
        Optional.of(since),
        Optional.of(until),
        f.states());
  }

  private List<String> ids(LetterFilter filter) {
    List<String> found = new ArrayList<>();
    letters.read(filter, f -> found.add(f.letter().id()));
    return found;
  }

  private Found only(String id) {
    List<Found> found = new ArrayList<>();
    letters.read(LetterFilter.any().withIds(Set.of(id)), found::add);
    assertThat(found).as(id).hasSize(1);
    return found.getFirst();
  }

  private Found awaitLetter(String id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ids(LetterFilter.any().withIds(Set.of(id))).size() == 1);
    return only(id);
  }

  @Test
  void limit_endsTheReading() {
    List<Found> found = new ArrayList<>();
    letters.read(
        LetterFilter.any(),
        f -> {
          found.add(f);
          return false;
        });
    assertThat(found).hasSizeLessThanOrEqualTo(1);
  }
}
