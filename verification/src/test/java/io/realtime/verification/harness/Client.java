package io.realtime.verification.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client in the Node process, with everything that happened to it, in order. */
public final class Client implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final NodeProcess node;
  private final boolean plain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Happening> happenings = new ArrayList<>();

  Client(String name, NodeProcess node, boolean plain) {
    this.name = name;
    this.node = node;
    this.plain = plain;
  }

  /**
   * One thing that happened to the client.
   *
   * @param kind {@code connect}, {@code connect_error}, {@code disconnect} or {@code event}
   * @param event the event's name; empty for other kinds
   * @param data the event's first argument, or the whole report for other kinds
   * @param report as the client's process said it
   * @param nanos when, on the clock of {@link System#nanoTime}
   */
  public record Happening(String kind, String event, JsonNode data, JsonNode report, long nanos) {}

  void report(JsonNode report) {
    String kind = report.path("kind").asString();
    boolean isEvent = kind.equals("event");
    Happening happening =
        new Happening(
            kind,
            report.path("event").asString(""),
            isEvent ? report.path("args").path(0) : report,
            report,
            Long.parseLong(report.path("at").asString()));
    lock.lock();
    try {
      happenings.add(happening);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The payload of the first event of that name. */
  public JsonNode await(String event) {
    return await(event, payload -> true);
  }

  /** The payload of the first event of that name that is as {@code expected}. */
  public JsonNode await(String event, Predicate<JsonNode> expected) {
    return awaitHappening(
            event, found -> found.event().equals(event) && expected.test(found.data()))
        .data();
  }

  /** The payload of the first event of that name whose {@code field} is {@code value}. */
  public JsonNode await(String event, String field, String value) {
    return await(event, payload -> payload.path(field).asString("").equals(value));
  }

  public Happening awaitKind(String kind) {
    return awaitHappening(kind, found -> found.kind().equals(kind));
  }

  /** Waits for a thing of this kind or an event of that name. */
  public Happening awaitAny(String kind, String event) {
    return awaitHappening(
        kind + " or " + event, found -> found.kind().equals(kind) || found.event().equals(event));
  }

  /** Waits until at least {@code count} things of that kind have happened. */
  public void awaitKind(String kind, int count) {
    awaitThat(kind, () -> happenings.stream().filter(h -> h.kind().equals(kind)).count() >= count);
  }

  /** Waits until at least {@code count} events of that name are as {@code expected}. */
  public void awaitCount(String event, int count, Predicate<JsonNode> expected) {
    awaitThat(
        count + " " + event,
        () ->
            happenings.stream()
                    .filter(h -> h.event().equals(event) && expected.test(h.data()))
                    .count()
                >= count);
  }

  private Happening awaitHappening(String what, Predicate<Happening> expected) {
    awaitThat(what, () -> happenings.stream().anyMatch(expected));
    return snapshot().stream().filter(expected).findFirst().orElseThrow();
  }

  private void awaitThat(String what, java.util.function.BooleanSupplier condition) {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError(
              name + " waited in vain for " + what + "; it saw " + summary(happenings));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(name + " was interrupted waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private static String summary(List<Happening> happenings) {
    List<String> reports = happenings.stream().map(h -> h.report().toString()).toList();
    return reports.size() <= 20
        ? reports.toString()
        : reports.size() + " things, last " + reports.subList(reports.size() - 20, reports.size());
  }

  /** Everything so far. */
  public List<Happening> snapshot() {
    lock.lock();
    try {
      return List.copyOf(happenings);
    } finally {
      lock.unlock();
    }
  }

  /** Payloads of all events of that name so far. */
  public List<JsonNode> events(String event) {
    return snapshot().stream().filter(h -> h.event().equals(event)).map(Happening::data).toList();
  }

  /** How often that kind of thing has happened. */
  public long count(String kind) {
    return snapshot().stream().filter(h -> h.kind().equals(kind)).count();
  }

  public void emit(String event, @Nullable Object... arguments) {
    if (plain) {
      Map<String, Object> frame = new LinkedHashMap<>();
      frame.put("event", event);
      if (arguments.length > 0 && arguments[0] != null) {
        frame.put("data", arguments[0]);
      }
      send(Json.write(frame));
    } else {
      call("emit", Map.of("event", event, "args", arguments));
    }
  }

  /** Emits with an ack callback; what the callback was given. */
  public JsonNode ask(String event, @Nullable Object... arguments) {
    return call("ask", Map.of("event", event, "args", arguments));
  }

  /** Emits {@code event} and waits for the event that answers it. */
  public JsonNode emitAndAwait(String event, String answer, @Nullable Object... arguments) {
    int before = events(answer).size();
    emit(event, arguments);
    awaitCount(answer, before + 1, payload -> true);
    return events(answer).get(before);
  }

  /** A text frame as it is; plain WebSockets only. */
  public void send(String text) {
    call("send", Map.of("text", text));
  }

  /** A text frame behind the library's back; Socket.IO over WebSocket only. */
  public void raw(String text) {
    call("raw", Map.of("text", text));
  }

  public String transport() {
    return call("transport", Map.of()).asString();
  }

  /** Ends the connection below the library, which comes back by itself. */
  public void cut() {
    call("cut", Map.of());
  }

  /** Leaves, as the application's code would. */
  public void disconnect() {
    call(plain ? "close" : "disconnect", Map.of());
    awaitKind("disconnect");
  }

  public void reconnect() {
    call("reconnect", Map.of());
  }

  private JsonNode call(String command, Map<String, Object> parameters) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.put("client", name);
    return node.call(command, all);
  }

  /** Asserts that this client still gets events: the fence behind a test of bad input. */
  public Client connected() {
    JsonNode welcome = await("connection:success");
    assertThat(welcome.path("message").asString()).isEqualTo("Connected to real-time service");
    return this;
  }

  @Override
  public void close() {
    call(plain ? "close" : "disconnect", Map.of());
  }

  @Override
  public String toString() {
    return name;
  }
}
