package io.realtime.verification.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The Node process that holds all clients. */
public final class Clients implements AutoCloseable {
  private final NodeProcess node;
  private final Map<String, Client> byName = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /** Runs the script in {@code folder}, where the packages are installed. */
  public Clients(Path folder) {
    this(folder, List.of());
  }

  private Clients(Path folder, List<String> nodeOptions) {
    List<String> arguments = new ArrayList<>(nodeOptions);
    arguments.add("clients.mjs");
    node = new NodeProcess(folder, this::report, arguments.toArray(String[]::new));
  }

  /** Clients whose wall clock is wrong by {@code offset}. */
  public static Clients withClockOff(Path folder, Duration offset) {
    String module =
        """
        const Right = Date;
        const now = () => Right.now() + (%d);
        globalThis.Date = class extends Right {
          constructor(...given) { given.length ? super(...given) : super(now()); }
          static now() { return now(); }
        };
        """
            .formatted(offset.toMillis());
    String url = "data:text/javascript," + encoded(module).replace("+", "%20");
    return new Clients(folder, List.of("--import", url));
  }

  private void report(JsonNode report) {
    Client client = byName.get(report.path("client").asString(""));
    if (client != null) {
      client.report(report);
    }
  }

  /** A stock Socket.IO client; {@code options} are those of the library. */
  public Client socketIo(String url, Map<String, ?> options) {
    return socketIo(url, options, 4);
  }

  /** A stock client of Socket.IO 2. */
  public Client socketIo2(String url, Map<String, ?> options) {
    return socketIo(url, options, 2);
  }

  private Client socketIo(String url, Map<String, ?> options, int version) {
    Client client = add(options.toString(), false);
    node.call(
        "connect",
        Map.of("client", client.toString(), "url", url, "options", options, "version", version));
    return client;
  }

  /** A stock client in development mode, over WebSocket. */
  public Client user(Service service, String userId) {
    return socketIo(service.url(), options(Map.of("userId", userId), "websocket"));
  }

  /** A stock client with the role {@code admin} in development mode, over WebSocket. */
  public Client admin(Service service, String userId) {
    return socketIo(service.url(), options(Map.of("userId", userId, "role", "admin"), "websocket"));
  }

  /** A WebSocket that speaks JSON frames. */
  public Client plain(Service service, String path, Map<String, String> query) {
    return plain(service, path, query, Map.of());
  }

  /** A WebSocket that speaks JSON frames, with headers in its handshake. */
  public Client plain(
      Service service, String path, Map<String, String> query, Map<String, String> headers) {
    Client client = add(query.toString(), true);
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String url =
        service.url().replaceFirst("^http", "ws")
            + path
            + (parameters.isEmpty() ? "" : "?" + parameters);
    node.call("open", Map.of("client", client.toString(), "url", url, "headers", headers));
    return client;
  }

  /** Options for the stock client. */
  public static Map<String, Object> options(Map<String, String> query, String... transports) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("query", query);
    options.put("transports", new ArrayList<>(List.of(transports)));
    return options;
  }

  private Client add(String hint, boolean plain) {
    String name = "client-" + numbers.incrementAndGet() + " " + hint;
    Client client = new Client(name, node, plain);
    byName.put(name, client);
    return client;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    node.close();
  }
}
