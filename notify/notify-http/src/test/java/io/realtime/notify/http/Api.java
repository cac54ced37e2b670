package io.realtime.notify.http;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.identity.DevelopmentAuthenticator;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.IngressPublisher.IngressEvent;
import io.realtime.notify.core.presence.Presence;
import io.realtime.notify.http.contract.ApiContract;
import io.realtime.notify.http.rest.Audiences;
import io.realtime.notify.http.rest.RestAccess;
import io.realtime.notify.http.stream.EventStreams;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A RestApi whose ports the test sets; every answer is held against the document. */
final class Api implements AutoCloseable {
  static final String ORDER = "/realtime/broadcast/order";
  static final String INVENTORY = "/realtime/broadcast/inventory";
  static final String ADMIN = "/realtime/broadcast/admin";
  static final String NOTIFICATION = "/realtime/test/notification";
  static final String STATS = "/realtime/stats";
  static final String VALID_ORDER = "{\"userId\":\"u1\",\"orderId\":\"o1\",\"status\":\"paid\"}";

  private static final ApiContract CONTRACT = ApiContract.standard();
  private static final ContractCheck CHECK = new ContractCheck(CONTRACT);

  final List<IngressEvent> published = new CopyOnWriteArrayList<>();
  final Map<String, Integer> users = new LinkedHashMap<>();
  final List<Health.Source> health = new ArrayList<>();
  RestAccess access = RestAccess.open();
  Function<IngressEvent, CompletionStage<Void>> kafka =
      event -> CompletableFuture.completedStage(null);
  IdempotencyKeys keys = new MapKeys();
  Health.Status lifecycle = Health.Status.OK;
  Optional<String> stuck = Optional.empty();
  Optional<CorsPolicy> cors = Optional.empty();
  int maxConcurrent = 4;
  Duration confirmTimeout = Duration.ofSeconds(5);
  Instant now = Instant.parse("2026-11-24T10:15:30.123456Z");
  private Optional<RestApi> started = Optional.empty();

  static ApiContract contract() {
    return CONTRACT;
  }

  RestApi rest() {
    if (started.isEmpty()) {
      RestPorts ports =
          new RestPorts(
              event -> {
                published.add(event);
                return kafka.apply(event);
              },
              keys,
              new FixedPresence(),
              new FixedAudiences(),
              request -> access.identify(request),
              new EventStreams(
                  new DevelopmentAuthenticator(),
                  InstantSource.system(),
                  (request, exchange, headers) ->
                      exchange.reply(
                          new HttpReply(
                              200,
                              headers.with("content-type", "text/event-stream"),
                              "stream".getBytes(StandardCharsets.UTF_8),
                              false))),
              health,
              () -> lifecycle,
              () -> stuck);
      started =
          Optional.of(
              new RestApi(ports, new RestOptions(cors, maxConcurrent, confirmTimeout, () -> now)));
    }
    return started.get();
  }

  HttpReply get(String path) {
    return send("GET", path, HttpHeaders.empty(), new byte[0]);
  }

  HttpReply post(String path, String json) {
    return post(path, json.getBytes(StandardCharsets.UTF_8));
  }

  HttpReply post(String path, byte[] body) {
    return send("POST", path, HttpHeaders.of("content-type", "application/json"), body);
  }

  HttpReply send(String method, String pathAndQuery, HttpHeaders headers, byte[] body) {
    HttpRequest request = request(method, pathAndQuery, headers, body);
    FakeExchange exchange = new FakeExchange();
    rest().onRequest(request, exchange);
    HttpReply reply = exchange.await();
    CHECK.check(request, reply);
    return reply;
  }

  /** Without waiting for the answer. */
  FakeExchange start(String method, String pathAndQuery, String json) {
    FakeExchange exchange = new FakeExchange();
    rest()
        .onRequest(
            request(
                method,
                pathAndQuery,
                HttpHeaders.of("content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8)),
            exchange);
    return exchange;
  }

  static HttpRequest request(String method, String pathAndQuery, HttpHeaders headers, byte[] body) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&", -1)) {
      String[] nameAndValue = pair.split("=", 2);
      query
          .computeIfAbsent(nameAndValue[0], name -> new ArrayList<>())
          .add(nameAndValue.length == 1 ? "" : nameAndValue[1]);
    }
    return new HttpRequest(
        method,
        pathAndQuery,
        parts[0],
        query,
        headers,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
        false,
        body);
  }

  static JsonNode json(HttpReply reply) {
    return JsonMapper.shared().readTree(reply.body());
  }

  @Override
  public void close() {
    started.ifPresent(RestApi::close);
  }

  /** Keys without time or bound. */
  static final class MapKeys implements IdempotencyKeys {
    final Map<String, String> bodies = new ConcurrentHashMap<>();
    final Map<String, String> answers = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Claim> claim(String key, String bodyHash) {
      String known = bodies.putIfAbsent(key, bodyHash);
      if (known != null && !known.equals(bodyHash)) {
        return CompletableFuture.completedStage(new Claim.Conflict());
      }
      String answer = answers.get(key);
      return CompletableFuture.completedStage(
          answer == null ? new Claim.Open() : new Claim.Answered(answer));
    }

    @Override
    public CompletionStage<String> answered(String key, String answer) {
      String first = answers.putIfAbsent(key, answer);
      return CompletableFuture.completedStage(first == null ? answer : first);
    }
  }

  private final class FixedPresence implements Presence {
    @Override
    public int totalConnections() {
      return users.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int uniqueUsers() {
      return users.size();
    }

    @Override
    public int connectionsOf(String userId) {
      return users.getOrDefault(userId, 0);
    }

    @Override
    public List<UserConnections> users(int limit, Optional<String> after) {
      return users.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .filter(user -> after.isEmpty() || user.getKey().compareTo(after.get()) > 0)
          .limit(limit)
          .map(user -> new UserConnections(user.getKey(), user.getValue()))
          .toList();
    }
  }

  private final class FixedAudiences implements Audiences {
    @Override
    public int user(String userId) {
      return users.getOrDefault(userId, 0);
    }

    @Override
    public int product(String productId) {
      return productId.equals("p1") ? 7 : 0;
    }

    @Override
    public int admins() {
      return 3;
    }
  }
}
