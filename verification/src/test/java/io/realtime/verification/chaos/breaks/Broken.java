package io.realtime.verification.chaos.breaks;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.chaos.world.FaultProxy;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Client.Happening;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stock client with a way to the service of its own, which breaks, and what it is sent. */
final class Broken implements AutoCloseable {
  private static final String CREATED = "order:created";

  /** What the library does when it is told nothing. */
  private static final Map<String, Object> STOCK_PAUSES =
      Map.of("reconnectionDelay", 1_000, "reconnectionDelayMax", 5_000);

  private final Break plan;
  private final Kafka kafka;
  private final String userId;
  private final FaultProxy proxy;
  private final Client client;
  private final Optional<Client> company;
  private final List<String> sent = new ArrayList<>();
  private int missed;
  private boolean broken;

  Broken(Break plan, Kafka kafka, Service service, Clients clients) throws IOException {
    this.plan = plan;
    this.kafka = kafka;
    this.userId = Stack.unique(plan.kind() + "-" + plan.length().toSeconds());
    this.proxy = new FaultProxy(service.port());
    this.client = connect(clients, "http://localhost:" + proxy.port(), plan.transport());
    this.company =
        plan.company()
            ? Optional.of(connect(clients, service.url(), "websocket"))
            : Optional.empty();
  }

  private Client connect(Clients clients, String url, String transport) {
    Map<String, Object> options = options(Map.of("userId", userId), transport);
    options.putAll(STOCK_PAUSES);
    return clients.socketIo(url, options);
  }

  Break plan() {
    return plan;
  }

  boolean isConnected() {
    return !client.events("connection:success").isEmpty()
        && company.map(other -> !other.events("connection:success").isEmpty()).orElse(true);
  }

  void send() {
    String orderId = "o-" + sent.size();
    sent.add(orderId);
    missed += broken ? 1 : 0;
    var _ =
        kafka.sendLater(
            "order.created",
            userId,
            Json.write(Map.of("orderId", orderId, "buyerId", userId, "total", 12)));
  }

  void breakOff() {
    broken = true;
    switch (plan.kind()) {
      case RESET -> proxy.refuse();
      case BLACK_HOLE -> proxy.swallow();
    }
  }

  void heal() {
    broken = false;
    proxy.heal();
  }

  private List<String> seen() {
    return client.events(CREATED).stream()
        .map(payload -> payload.path("orderId").asString())
        .toList();
  }

  boolean hasAll() {
    return new LinkedHashSet<>(seen()).containsAll(sent);
  }

  /** What came of it so far. */
  Result result() {
    List<String> seen = seen();
    boolean recovered =
        client.snapshot().stream()
            .filter(happening -> happening.kind().equals("connect"))
            .reduce((first, second) -> second)
            .map((Happening last) -> last.report().path("recovered").asBoolean())
            .orElse(false);
    return new Result(plan, missed, again(seen), recovered, fault(sent, seen));
  }

  /** How many came a second time. */
  static int again(List<String> seen) {
    return seen.size() - new LinkedHashSet<>(seen).size();
  }

  /** What is wrong with what was seen; empty when all that was sent came, in order. */
  static String fault(List<String> sent, List<String> seen) {
    List<String> firsts = List.copyOf(new LinkedHashSet<>(seen));
    if (!firsts.containsAll(sent)) {
      return "lost " + sent.stream().filter(each -> !firsts.contains(each)).toList();
    }
    return firsts.equals(sent) ? "" : "out of order or invented: " + firsts;
  }

  /**
   * @param missed sent while the way was broken
   * @param again how many came a second time
   * @param recovered what the library was told when it came back
   * @param fault empty when the client has everything, in order
   */
  record Result(Break plan, int missed, int again, boolean recovered, String fault) {
    boolean good() {
      return fault.isEmpty();
    }
  }

  @Override
  public void close() {
    client.close();
    company.ifPresent(Client::close);
    proxy.close();
  }
}
