package io.realtime.verification.e2e;

import static io.realtime.verification.harness.Stack.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.chaos.world.FaultProxy;
import io.realtime.verification.harness.Cli;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Command;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The commands for a running service, as a person would type them. */
@EndToEnd
@Timeout(120)
class CommandsTest {
  private final Stack stack;

  CommandsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void send_throughRestAndKafka_reachesTail_whichEndsAfterItsCount() {
    Service service = stack.service();
    String user = unique("tail");
    try (Command tail =
        cli("tail", "--user", user, "--count", "2", "--json", "--url", service.url())) {
      tail.awaitStart("connected", CommandsTest::connected);
      Outcome rest =
          run("send", "notification", "userId=" + user, "message=Hello", "--url", service.url());
      assertThat(rest.code()).isZero();
      JsonNode answer = Json.read(rest.lines().getLast());
      assertThat(answer.path("connectedNow").asInt()).isEqualTo(1);
      Outcome kafka =
          run(
              "send",
              "order.created",
              "buyerId=" + user,
              "orderId=o-1",
              "amount:=12.50",
              "--kafka",
              "--brokers",
              stack.kafka().bootstrap());
      assertThat(kafka.code()).as(kafka.lines().toString()).isZero();
      assertThat(kafka.lines().getLast()).matches("order\\.created-\\d@\\d+");

      assertThat(tail.awaitEnd()).isZero();
      assertThat(events(tail))
          .anySatisfy(
              frame -> {
                assertThat(frame.path("event").asString()).isEqualTo("notification");
                assertThat(frame.path("data").path("eventId")).isEqualTo(answer.path("eventId"));
              })
          .anySatisfy(
              frame -> assertThat(frame.path("event").asString()).isEqualTo("order:created"));
      // As the source wrote it, to the last zero.
      assertThat(String.join("\n", tail.lines())).contains("\"amount\":12.50");
    }
  }

  @Test
  void send_repeatedUnderOneKey_isOneEvent_andAnotherBodyEndsWith1() {
    Service service = stack.service();
    String user = unique("once");
    String key = unique("key");
    try (Command tail = cli("tail", "--user", user, "--json", "--url", service.url())) {
      tail.awaitStart("connected", CommandsTest::connected);
      String[] order = {
        "send",
        "order",
        "userId=" + user,
        "orderId=o",
        "status=paid",
        "--idempotency-key",
        key,
        "--url",
        service.url()
      };
      Outcome first = run(order);
      Outcome second = run(order);
      assertThat(second).isEqualTo(first);
      order[4] = "status=sent";
      Outcome other = run(order);
      assertThat(other.code()).isEqualTo(1);
      assertThat(other.lines().getLast()).contains("HTTP 422").contains("Idempotency-Key");
      run("send", "notification", "userId=" + user, "message=last", "--url", service.url());

      tail.awaitLines("the last one", 1, line -> line.contains("\"last\""));
      assertThat(events(tail)).hasSize(2);
    }
  }

  @Test
  void tail_withoutAValidToken_isRefused_andEndsWith1() {
    Outcome refused =
        run("tail", "--user", "u", "--token", "nonsense", "--url", stack.jwtService().url());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.lines().getLast()).contains("Authentication failed");
  }

  @Test
  void deadLetter_isListedShownAndReplayedOnce_underItsOwnId() throws Exception {
    Service service = stack.service();
    String user = unique("letter");
    String eventId = "order.created:0:" + System.nanoTime();
    // As if the store had refused it once: it can be delivered now.
    letter(eventId, user, "{\"orderId\":\"o-1\",\"buyerId\":\"" + user + "\"}", "APPEND");
    String brokers = stack.kafka().bootstrap();
    try (Command tail = cli("tail", "--user", user, "--json", "--url", service.url())) {
      tail.awaitStart("connected", CommandsTest::connected);
      Outcome list = run("dlq", "ls", "--json", "--user", user, "--brokers", brokers);
      assertThat(list.code()).isZero();
      assertThat(list.lines()).singleElement().asString().contains(eventId + "#0", "\"OPEN\"");
      Outcome shown = run("dlq", "show", eventId, "--brokers", brokers);
      assertThat(String.join("\n", shown.lines()))
          .contains("reaches user " + user)
          .contains("dlq-stage: APPEND");
      Outcome dry =
          run("dlq", "replay", eventId, "--dry-run", "--brokers", brokers, "--url", service.url());
      assertThat(dry.lines().getLast())
          .isEqualTo("1 letters would be replayed, reaches 1 user, 1 online");

      Outcome replayed = run("dlq", "replay", eventId, "--brokers", brokers);
      assertThat(replayed.lines().getLast()).startsWith("1 letters replayed, reaches 1 user");
      tail.awaitLines("the event", 1, line -> line.contains(eventId));
      Outcome again = run("dlq", "replay", eventId, "--brokers", brokers);
      assertThat(again.lines().getLast()).startsWith("0 letters replayed");
      // And if somebody's copy of the letter is replayed all the same, the inbox takes it once.
      ingress(eventId, user, "{\"orderId\":\"o-1\",\"buyerId\":\"" + user + "\"}");
      run("send", "notification", "userId=" + user, "message=last", "--url", service.url());
      tail.awaitLines("the last one", 1, line -> line.contains("\"last\""));
      assertThat(events(tail)).hasSize(2);
    }
    assertThat(run("dlq", "ls", "--json", "--user", user, "--brokers", brokers).lines()).isEmpty();
  }

  @Test
  void deadLetter_discarded_isNotReplayed_andTheDecisionIsKept() throws Exception {
    String user = unique("discard");
    String eventId = "order.created:0:" + System.nanoTime();
    letter(eventId, user, "{\"orderId\":1}", "VALIDATE");
    String brokers = stack.kafka().bootstrap();
    Outcome discarded =
        run("dlq", "discard", eventId, "--reason", "test order", "--brokers", brokers);
    assertThat(discarded.code()).isZero();
    assertThat(run("dlq", "replay", eventId, "--brokers", brokers).lines().getLast())
        .startsWith("0 letters");
    Outcome all = run("dlq", "ls", "--all", "--json", "--user", user, "--brokers", brokers);
    JsonNode line = Json.read(all.lines().getLast());
    assertThat(line.path("state").asString()).isEqualTo("DISCARDED");
    assertThat(line.path("decision").path("reason").asString()).isEqualTo("test order");
    assertThat(run("dlq", "show", "no:such:letter", "--brokers", brokers).code()).isEqualTo(1);
    assertThat(run("dlq", "discard", eventId, "--reason", "twice", "--brokers", brokers).code())
        .isEqualTo(1);
  }

  @Test
  void tail_cutOff_goesOnBehindWhatItHasShown_andAnotherRunBehindThat() throws Exception {
    Service service = stack.service();
    String user = unique("resume");
    String go = "-- to go on behind this: --after ";
    try (FaultProxy proxy = new FaultProxy(service.port());
        Client laptop = stack.clients().user(service, user).connected();
        Command tail = cli("tail", "--user", user, "--json", "--count", "2", "--url", url(proxy))) {
      tail.awaitStart("connected", CommandsTest::connected);
      stack.kafka().send("order.created", user, EventTableTest.order("o-0", user));
      tail.awaitLines("the first", 1, line -> line.contains("\"o-0\""));

      proxy.refuse();
      stack.kafka().send("order.created", user, EventTableTest.order("o-1", user));
      laptop.await("order:created", "orderId", "o-1");
      proxy.heal();

      assertThat(tail.awaitEnd()).isZero();
      assertThat(orders(events(tail))).containsExactly("o-0", "o-1");
      String position = tail.awaitLine("a position", line -> line.startsWith(go));

      stack.kafka().send("order.created", user, EventTableTest.order("o-2", user));
      laptop.await("order:created", "orderId", "o-2");
      Outcome next =
          run(
              "tail",
              "--user",
              user,
              "--json",
              "--count",
              "1",
              "--after",
              position.substring(go.length()),
              "--url",
              service.url());
      assertThat(
              orders(next.lines().stream().filter(CommandsTest::isFrame).map(Json::read).toList()))
          .containsExactly("o-2");
    }
  }

  private static String url(FaultProxy proxy) {
    return "http://localhost:" + proxy.port();
  }

  private static boolean isFrame(String line) {
    return line.startsWith("{");
  }

  private static List<String> orders(List<JsonNode> frames) {
    return frames.stream().map(frame -> frame.path("data").path("orderId").asString()).toList();
  }

  private static boolean connected(String line) {
    return line.startsWith("-- connected as ");
  }

  private record Outcome(int code, List<String> lines) {}

  /** Runs a command to its end; audit lines are left out. */
  private Outcome run(String... arguments) {
    try (Command command = cli(arguments)) {
      int code = command.awaitEnd();
      return new Outcome(
          code,
          command.lines().stream().filter(line -> !line.contains("io.realtime.audit")).toList());
    }
  }

  private Command cli(String... arguments) {
    return Cli.start(stack.folder("commands"), Map.of("USER", "tester"), arguments);
  }

  private static List<JsonNode> events(Command tail) {
    return tail.lines().stream().filter(CommandsTest::isFrame).map(Json::read).toList();
  }

  private void letter(String eventId, String key, String value, String stage) throws Exception {
    var record = record("realtime.dead-letter", key, value);
    header(record, "dlq-event-id", eventId);
    header(record, "dlq-original-topic", "order.created");
    header(record, "dlq-original-partition", "0");
    header(record, "dlq-original-offset", "7");
    header(record, "dlq-stage", stage);
    header(record, "dlq-error-code", "UNEXPECTED");
    header(record, "dlq-replay-count", "0");
    send(record);
  }

  private void ingress(String eventId, String key, String value) throws Exception {
    var record = record("realtime.ingress", key, value);
    header(record, "realtime-type", "order.created");
    header(record, "realtime-event-id", eventId);
    header(record, "realtime-replay", "1");
    send(record);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.kafka().bootstrap(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get(30, TimeUnit.SECONDS);
    }
  }
}
