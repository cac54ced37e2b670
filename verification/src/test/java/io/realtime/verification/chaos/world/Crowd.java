package io.realtime.verification.chaos.world;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.chaos.oracle.Device;
import io.realtime.verification.chaos.oracle.Device.Role;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Client.Happening;
import io.realtime.verification.harness.Clients;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** All clients of a round. One thread may call, beside those that the clients live on. */
final class Crowd implements AutoCloseable {
  private static final List<List<String>> TRANSPORTS =
      List.of(List.of("websocket"), List.of("polling"), List.of("polling", "websocket"));

  private final int proxyPort;
  private final Duration silence;
  private final Clients node;
  private final HttpClient http = HttpClient.newBuilder().build();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("raw-", 0).factory());
  private final List<RawClient> raw = new ArrayList<>();
  private final List<RawClient> auditors = new ArrayList<>();
  private final Map<Client, String> stock = new LinkedHashMap<>();
  private final List<String> users = new ArrayList<>();

  /**
   * Connects nobody yet.
   *
   * @param silence after how long without a word of the server a hand-made client gives up
   */
  Crowd(int proxyPort, Clients node, Duration silence) {
    this.proxyPort = proxyPort;
    this.node = node;
    this.silence = silence;
  }

  /** Has everybody come in; two hand-made clients are administrators who observe. */
  void enter(Size size) {
    for (int i = 0; i < size.single(); i++) {
      users.add("single-" + i);
      raw.add(rawClient("raw", "single-" + i, Role.OWNER));
    }
    for (int i = 0; i < size.pairs(); i++) {
      users.add("pair-" + i);
      raw.add(rawClient("raw-a", "pair-" + i, Role.OWNER));
      raw.add(rawClient("raw-b", "pair-" + i, Role.OWNER));
    }
    for (int i = 0; i < size.stock(); i++) {
      String user = "stock-" + i;
      users.add(user);
      raw.add(rawClient("raw", user, Role.OWNER));
      List<String> transports = TRANSPORTS.get(i % TRANSPORTS.size());
      stock.put(
          node.socketIo(
              "http://localhost:" + proxyPort,
              options(Map.of("userId", user), transports.toArray(String[]::new))),
          user);
    }
    raw.add(rawClient("observer", users.getFirst(), Role.OBSERVER));
    raw.add(rawClient("observer", users.getLast(), Role.OBSERVER));
    raw.forEach(RawClient::connect);
  }

  private RawClient rawClient(String kind, String user, Role role) {
    String identity = role == Role.OBSERVER ? "watch-" + raw.size() + "&role=admin" : user;
    URI address =
        URI.create(
            "ws://127.0.0.1:"
                + proxyPort
                + "/socket.io/?EIO=4&transport=websocket&userId="
                + identity);
    Diary diary = new Diary(kind + "/" + user, user, role);
    return new RawClient(diary, http, timer, address, role, silence);
  }

  List<String> users() {
    return List.copyOf(users);
  }

  /** Connects one more client for each user, which should find its inbox empty. */
  void sendAuditors() {
    users.forEach(user -> auditors.add(rawClient("auditor", user, Role.AUDITOR)));
    auditors.forEach(RawClient::connect);
  }

  boolean allConnected() {
    return raw.stream().allMatch(client -> client.diary().isConnected())
        && auditors.stream().allMatch(client -> client.diary().isConnected())
        && stock.keySet().stream().allMatch(Crowd::isConnected);
  }

  private static boolean isConnected(Client client) {
    boolean connected = false;
    for (Happening happening : client.snapshot()) {
      switch (happening.kind()) {
        case "connect" -> connected = true;
        case "disconnect" -> connected = false;
        default -> {}
      }
    }
    return connected;
  }

  RawClient anyone(Random random) {
    return raw.get(random.nextInt(raw.size()));
  }

  void wakeAll() {
    raw.forEach(RawClient::wake);
  }

  /** What everybody has seen so far. */
  List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    raw.forEach(client -> devices.add(client.diary().device()));
    auditors.forEach(client -> devices.add(client.diary().device()));
    stock.forEach((client, user) -> devices.add(StockDiary.of(client, user)));
    return devices;
  }

  @Override
  public void close() {
    raw.forEach(RawClient::close);
    auditors.forEach(RawClient::close);
    http.shutdownNow();
    timer.shutdownNow();
    node.close();
  }
}
