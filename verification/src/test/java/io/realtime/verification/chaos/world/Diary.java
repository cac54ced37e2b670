package io.realtime.verification.chaos.world;

import io.realtime.verification.chaos.oracle.Device;
import io.realtime.verification.chaos.oracle.Happening;
import io.realtime.verification.harness.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one device sees, as it sees it. Any thread may call. */
final class Diary {
  /** Answers to requests, which no record has caused. */
  private static final Set<String> ANSWERS =
      Set.of("connection:success", "subscribed", "unsubscribed");

  private final String name;
  private final String user;
  private final Device.Role role;
  private final List<Happening> happenings = new ArrayList<>();
  private long endedAt = System.nanoTime();
  private boolean connected;

  Diary(String name, String user, Device.Role role) {
    this.name = name;
    this.user = user;
    this.role = role;
  }

  /**
   * A connection is there.
   *
   * @param resumed whether it asked for the session of the last one
   */
  synchronized void connected(boolean recovered, boolean resumed) {
    Duration away =
        happenings.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - endedAt);
    happenings.add(new Happening.Connected(recovered, resumed, away));
    connected = true;
  }

  synchronized void disconnected() {
    if (connected) {
      happenings.add(new Happening.Disconnected());
      connected = false;
      endedAt = System.nanoTime();
    }
  }

  synchronized void refused(String why) {
    happenings.add(new Happening.Refused(why));
  }

  /** An event with its first argument. */
  synchronized void event(String event, JsonNode payload) {
    happening(event, payload).ifPresent(happenings::add);
  }

  /** What the oracle wants to know of an event; nothing of an answer to a request. */
  static Optional<Happening> happening(String event, JsonNode payload) {
    if (ANSWERS.contains(event)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (event) {
          case "error" -> new Happening.Refused("error " + payload);
          case "inbox:gap" ->
              new Happening.GapTold(
                  payload.path("evicted").asLong(),
                  payload.path("since").asString(""),
                  payload.path("until").asString(""));
          default ->
              new Happening.Seen(
                  event,
                  payload.path("eventId").asString(""),
                  Digest.ofSource(payload),
                  Digest.of(Json.write(payload).getBytes(StandardCharsets.UTF_8)));
        });
  }

  String user() {
    return user;
  }

  synchronized boolean isConnected() {
    return connected;
  }

  synchronized int size() {
    return happenings.size();
  }

  synchronized Device device() {
    return new Device(name, user, role, happenings);
  }
}
