package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.verification.chaos.world.FaultProxy;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Client.Happening;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.EventStream;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of client comes back and goes on behind what it had. With breaks of seconds: minutes
 * pass only on the clock of the delivery's own tests.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CREATED = "order:created";

  private final Stack stack;
  private final Service service;

  ResumeTest(Stack stack) {
    this.stack = stack;
    this.service =
        stack.ownService(
            "resume", stack.kafka(), Map.of("WS_PING_INTERVAL", "1000", "WS_PING_TIMEOUT", "2000"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "o-" + i).toList();
  }

  private void send(int from, int to, String... users) {
    for (String orderId : ids(from, to)) {
      for (String userId : users) {
        stack.kafka().send("order.created", userId, order(orderId, userId));
      }
    }
  }

  private static List<String> orders(Client client) {
    return client.events(CREATED).stream()
        .map((JsonNode payload) -> payload.path("orderId").asString())
        .toList();
  }

  private static List<String> orders(EventStream stream) {
    return stream.events().stream()
        .filter(event -> event.name().equals(CREATED))
        .map(event -> Json.read(event.data()).path("orderId").asString())
        .toList();
  }

  private static List<Boolean> recoveries(Client client) {
    return client.snapshot().stream()
        .filter(happening -> happening.kind().equals("connect"))
        .map(happening -> happening.report().path("recovered").asBoolean())
        .toList();
  }

  private Client stock(String userId, String transport) {
    return stack.clients().socketIo(service.url(), options(Map.of("userId", userId), transport));
  }

  private EventStream stream(String userId, Optional<String> lastEventId) throws Exception {
    return EventStream.open(service.url() + "/realtime/events?userId=" + userId, lastEventId);
  }

  @Test
  void service_killedWhileClientsReceive_everyKindOfClientGoesOnBehindWhatItHad() throws Exception {
    String ws = unique("ws");
    String polling = unique("polling");
    String plain = unique("plain");
    String sse = unique("sse");
    String java = unique("java");
    String[] all = {ws, polling, plain, sse, java};
    JavaClient javaBefore = new JavaClient(service.url(), java, Optional.empty());
    try (Client wsClient = stock(ws, "websocket").connected();
        Client pollingClient = stock(polling, "polling").connected();
        Client plainBefore =
            stack.clients().plain(service, "/", Map.of("userId", plain)).connected();
        EventStream sseBefore = stream(sse, Optional.empty())) {
      send(0, 10, all);
      for (Client client : List.of(wsClient, pollingClient, plainBefore)) {
        client.await(CREATED, "orderId", "o-9");
      }
      await().atMost(PATIENCE).until(() -> orders(sseBefore).contains("o-9"));
      await().atMost(PATIENCE).until(() -> javaBefore.orders.contains("o-9"));

      service.kill();
      send(10, 20, all);
      service.startAgain();

      for (Client client : List.of(wsClient, pollingClient)) {
        client.await(CREATED, "orderId", "o-19");
        assertThat(orders(client)).containsExactlyElementsOf(ids(0, 20));
      }
      assertThat(recoveries(wsClient).getFirst()).isFalse();
      String lastFrame = lastId(plainBefore);
      try (Client plainAfter =
              stack
                  .clients()
                  .plain(service, "/", Map.of("userId", plain, "lastEventId", lastFrame));
          EventStream sseAfter = stream(sse, Optional.of(sseBefore.events().getLast().id()))) {
        plainAfter.await(CREATED, "orderId", "o-19");
        assertThat(orders(plainAfter)).containsExactlyElementsOf(ids(10, 20));
        await().atMost(PATIENCE).until(() -> orders(sseAfter).contains("o-19"));
        assertThat(orders(sseAfter)).containsExactlyElementsOf(ids(10, 20));
      }
      JavaClient javaAfter =
          new JavaClient(service.url(), java, Optional.of(javaBefore.positions.getLast()));
      await().atMost(PATIENCE).until(() -> javaAfter.orders.contains("o-19"));
      assertThat(javaAfter.orders).containsExactlyElementsOf(ids(10, 20));
      javaAfter.close();
    } finally {
      javaBefore.close();
    }
  }

  private static String lastId(Client plain) {
    return plain.snapshot().stream()
        .filter(happening -> happening.event().equals(CREATED))
        .reduce((first, second) -> second)
        .map((Happening last) -> last.report().path("rest").path("id").asString())
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void connection_resetOrSwallowed_isRecoveredWithoutAHoleOrARepetition(String transport)
      throws Exception {
    String userId = unique("u");
    try (FaultProxy proxy = new FaultProxy(service.port());
        Client client =
            stack
                .clients()
                .socketIo(
                    "http://localhost:" + proxy.port(),
                    options(Map.of("userId", userId), transport))
                .connected()) {
      send(0, 5, userId);
      client.await(CREATED, "orderId", "o-4");

      proxy.cut(1, new Random(1));
      send(5, 10, userId);
      client.await(CREATED, "orderId", "o-9");

      swallowUntilGone(proxy, client);
      send(10, 15, userId);
      proxy.heal();
      client.await(CREATED, "orderId", "o-14");

      assertThat(orders(client).stream().distinct()).containsExactlyElementsOf(ids(0, 15));
      assertThat(recoveries(client).getLast()).isTrue();
    }
  }

  /** A polling client may make a new connection for each poll. */
  private static void swallowUntilGone(FaultProxy proxy, Client client) {
    long before = client.count("disconnect");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              proxy.blackHole(1, new Random(1));
              return client.count("disconnect") > before;
            });
  }

  @Test
  void stateSubscription_cut_isNotRecoveredSoThatTheClientAsksAgain() {
    try (Client client = stock(unique("u"), "websocket").connected()) {
      client.emitAndAwait("subscribe:inventory", "subscribed");

      client.cut();
      client.awaitKind("connect", 2);

      assertThat(recoveries(client)).containsExactly(false, false);
    }
  }

  @Test
  void halfOpenPhone_laptopProves_phoneStillGetsWhatItMissed() throws Exception {
    String userId = unique("u");
    try (FaultProxy proxy = new FaultProxy(service.port());
        Client laptop = stock(userId, "websocket").connected();
        Client phone =
            stack
                .clients()
                .socketIo(
                    "http://localhost:" + proxy.port(),
                    options(Map.of("userId", userId), "websocket"))
                .connected()) {
      proxy.blackHole(1, new Random(1));
      send(0, 10, userId);
      laptop.await(CREATED, "orderId", "o-9");
      phone.awaitKind("disconnect");
      proxy.heal();

      phone.await(CREATED, "orderId", "o-9");
      assertThat(orders(phone)).containsExactlyElementsOf(ids(0, 10));
      assertThat(recoveries(phone).getLast()).isTrue();
    }
  }

  @Test
  void pageReloaded_getsOnlyWhatNobodyHas() {
    String userId = unique("u");
    try (Client page = stock(userId, "websocket").connected()) {
      send(0, 3, userId);
      page.await(CREATED, "orderId", "o-2");
      page.disconnect();
    }
    send(3, 6, userId);

    try (Client page = stock(userId, "websocket").connected()) {
      page.await(CREATED, "orderId", "o-5");
      assertThat(orders(page)).containsSubsequence(ids(3, 6)).doesNotHaveDuplicates();
    }
  }

  @Test
  void eventStream_500Unproven_isEndedAndGoesOnBehindThem() throws Exception {
    String userId = unique("u");
    for (String orderId : ids(0, 501)) {
      var _ = stack.kafka().sendLater("order.created", userId, order(orderId, userId));
    }
    List<String> first;
    String position;
    try (EventStream stream = stream(userId, Optional.empty())) {
      await().atMost(PATIENCE).until(stream::ended);
      first = orders(stream);
      position = stream.events().getLast().id();
    }
    assertThat(first).containsExactlyElementsOf(ids(0, 500));

    try (EventStream stream = stream(userId, Optional.of(position))) {
      await().atMost(PATIENCE).until(() -> orders(stream).contains("o-500"));
      assertThat(orders(stream)).containsExactly("o-500");
      assertThat(stream.ended()).isFalse();
    }
  }

  /** The stock Java client, whose code keeps the position: it knows no recovery. */
  private static final class JavaClient implements AutoCloseable {
    final List<String> orders = new CopyOnWriteArrayList<>();
    final List<String> positions = new CopyOnWriteArrayList<>();
    private final Socket socket;

    JavaClient(String url, String userId, Optional<String> lastEventId) {
      Map<String, String> auth = new LinkedHashMap<>();
      lastEventId.ifPresent(id -> auth.put("lastEventId", id));
      socket =
          IO.socket(
              URI.create(url),
              IO.Options.builder()
                  .setForceNew(true)
                  .setReconnection(false)
                  .setQuery("userId=" + userId)
                  .setAuth(auth)
                  .build());
      socket.on(CREATED, this::onOrder);
      socket.open();
    }

    private void onOrder(Object... arguments) {
      try {
        orders.add(((JSONObject) arguments[0]).getString("orderId"));
        positions.add((String) arguments[1]);
      } catch (JSONException e) {
        throw new IllegalStateException("not an order", e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
