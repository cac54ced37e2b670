package io.realtime.notify.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realtime.demo.broker.process.BrokerProcess;
import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.Secret;
import io.realtime.notify.app.node.NodeHomeException;
import io.realtime.notify.app.token.TokenMint;
import io.realtime.notify.sqlite.StoreFileException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealtimeServiceTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private static Path folder = Path.of("");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static BrokerProcess broker = BrokerProcess.builder().build();

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.builder().dataDir(folder.resolve("kafka")).build().start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    HTTP.close();
  }

  private static Config config(String name, String... more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "NODE_ENV",
                "development",
                "REALTIME_PORT",
                "0",
                "KAFKA_BROKER",
                broker.bootstrap(),
                "KAFKA_CONSUMER_GROUP",
                name,
                "DATA_DIR",
                folder.resolve(name).toString()));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return Config.fromEnvironment(environment);
  }

  private static RealtimeService reading(Config config) throws InterruptedException {
    RealtimeService service = RealtimeService.start(config);
    assertThat(service.awaitKafka(LONG)).isTrue();
    return service;
  }

  private static void produce(String topic, String key, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get(20, TimeUnit.SECONDS);
    }
  }

  private static HttpResponse<String> get(int port, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String order(String id, String buyer) {
    return "{\"orderId\":\"" + id + "\",\"buyerId\":\"" + buyer + "\",\"total\":1.10}";
  }

  @Test
  void order_producedToKafka_reachesItsUserAndTheAdminsAndNobodyElse() throws Exception {
    try (RealtimeService service = reading(config("line"));
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-1");
        PlainClient other = new PlainClient(HTTP, service.port(), "userId=user-2");
        PlainClient admin = new PlainClient(HTTP, service.port(), "userId=admin-1")) {
      await().until(() -> !admin.frames("connection:success").isEmpty());

      produce("order.created", "user-1", order("o-1", "user-1"));
      produce("order.created", "user-2", order("o-2", "user-2"));

      await().atMost(LONG).until(() -> other.frames("order:created").size() == 1);
      await().atMost(LONG).until(() -> user.frames("order:created").size() == 1);
      await().atMost(LONG).until(() -> admin.frames("admin:order:created").size() == 2);
      assertThat(user.frames("order:created").getFirst())
          .contains(order("o-1", "user-1").replace("}", ""), "\"eventId\":\"order.created:");
      assertThat(other.frames("order:created").getFirst()).contains("o-2");
    }
  }

  @Test
  void notification_postedToRest_travelsThroughKafkaToItsUser() throws Exception {
    try (RealtimeService service = reading(config("rest"));
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-1")) {
      await().until(() -> !user.frames("connection:success").isEmpty());

      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:" + service.port() + "/realtime/test/notification"))
                  .header("content-type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"userId\":\"user-1\",\"message\":\"Hello\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"connectedNow\":1");
      await().atMost(LONG).until(() -> !user.frames("notification").isEmpty());
      assertThat(user.frames("notification").getFirst()).contains("Hello", "rest:");
    }
  }

  @Test
  void restart_recordsProducedMeanwhile_areDeliveredAfterwards() throws Exception {
    Config config = config("again");
    produce("order.created", "user-9", order("o-before", "user-9"));
    try (RealtimeService service = reading(config);
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-9")) {
      produce("order.created", "user-9", order("o-first", "user-9"));
      await().atMost(LONG).until(() -> user.frames("order:created").size() == 1);
    }

    produce("order.created", "user-9", order("o-meanwhile", "user-9"));

    try (RealtimeService service = reading(config);
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-9")) {
      await()
          .atMost(LONG)
          .until(
              () -> user.frames("order:created").stream().anyMatch(f -> f.contains("o-meanwhile")));
      assertThat(user.frames("order:created")).hasSize(1);
    }
  }

  @Test
  void restart_acceptedButNotDelivered_isDeliveredAfterwards() throws Exception {
    Config config = config("durable");
    try (RealtimeService service = reading(config);
        PlainClient watcher = new PlainClient(HTTP, service.port(), "userId=watcher")) {
      for (int i = 0; i < 20; i++) {
        produce("order.created", "one-partition", order("o-" + i, "user-away"));
      }
      produce("order.created", "one-partition", order("marker", "watcher"));
      await().atMost(LONG).until(() -> watcher.frames("order:created").size() == 1);
    }

    try (RealtimeService service = RealtimeService.start(config);
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-away")) {
      await().atMost(LONG).until(() -> user.frames("order:created").size() == 20);
      for (int i = 0; i < 20; i++) {
        assertThat(user.frames("order:created").get(i)).contains("\"o-" + i + "\"");
      }
    }
  }

  @Test
  void storeOfANewerVersion_isNamedAndTheDataDirectoryIsFreeAgain() throws Exception {
    Config config = config("newer");
    RealtimeService.start(config).close();
    Path file = config.dataDir().resolve("inbox.db");
    byte[] present = Files.readAllBytes(file);
    byte[] newer = present.clone();
    newer[63] = 99; // PRAGMA user_version
    Files.write(file, newer);

    assertThatThrownBy(() -> RealtimeService.start(config))
        .isInstanceOf(StoreFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("has schema 99");
    Files.write(file, present);
    RealtimeService.start(config).close();
  }

  @Test
  void jwtMode_restAndSockets_needATokenAndHealthDoesNot() throws Exception {
    Config config = config("jwt", "JWT_SECRET", SECRET);
    TokenMint mint =
        new TokenMint(new Config.Auth.Jwt(new Secret(SECRET), List.of("role")), Clock.systemUTC());
    String user = mint.mint("user-1", Optional.empty(), LONG);
    String admin = mint.mint("ops", Optional.of("admin"), LONG);
    try (RealtimeService service = RealtimeService.start(config);
        PlainClient known = new PlainClient(HTTP, service.port(), "token=" + user);
        PlainClient unknown = new PlainClient(HTTP, service.port(), "userId=user-1&token=x")) {
      await().until(() -> !known.frames("connection:success").isEmpty());
      await().until(() -> unknown.closeCode() != -1);

      assertThat(unknown.frames()).singleElement().asString().contains("Authentication failed");
      assertThat(get(service.port(), "/realtime/stats").statusCode()).isEqualTo(401);
      assertThat(
              get(service.port(), "/realtime/stats", "authorization", "Bearer " + user)
                  .statusCode())
          .isEqualTo(403);
      assertThat(get(service.port(), "/realtime/stats", "authorization", "Bearer " + admin).body())
          .contains("\"totalConnections\":1");
      assertThat(get(service.port(), "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void broker_absent_startsDegradedAndSaysWhy() throws Exception {
    Config config = config("absent", "KAFKA_BROKER", "127.0.0.1:1");
    try (RealtimeService service = RealtimeService.start(config);
        PlainClient user = new PlainClient(HTTP, service.port(), "userId=user-1")) {
      await().until(() -> !user.frames("connection:success").isEmpty());
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(get(service.port(), "/health/ready"))
                      .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                      .satisfies(
                          ready -> assertThat(ready.body()).contains("degraded", "127.0.0.1:1")));
    }
  }

  @Test
  void close_openConnections_endByTransportAndThePortIsFree() throws Exception {
    RealtimeService service = RealtimeService.start(config("stop"));
    int port = service.port();
    try (PlainClient user = new PlainClient(HTTP, port, "userId=user-1")) {
      await().until(() -> !user.frames("connection:success").isEmpty());

      service.close();
      service.close();

      await().until(() -> user.closeCode() != -1);
      service.awaitStop();
      new ServerSocket(port).close();
    }
  }

  @Test
  void port_taken_isNamedAndTheDataDirectoryIsFreeAgain() throws Exception {
    Config free = config("taken");
    try (ServerSocket taken = new ServerSocket(0)) {
      Config config = config("taken", "REALTIME_PORT", Integer.toString(taken.getLocalPort()));

      assertThatThrownBy(() -> RealtimeService.start(config))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("the port is taken")
          .hasMessageContaining("REALTIME_PORT");
    }
    RealtimeService.start(free).close();
  }

  @Test
  void dataDirectory_inUse_refuses() {
    Config config = config("busy");
    try (RealtimeService service = RealtimeService.start(config)) {
      assertThat(service.port()).isPositive();
      assertThatThrownBy(() -> RealtimeService.start(config)).isInstanceOf(NodeHomeException.class);
    }
  }
}
