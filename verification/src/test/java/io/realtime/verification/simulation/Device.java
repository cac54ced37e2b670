package io.realtime.verification.simulation;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One device of a user, or an administrator who observes the user's orders. */
final class Device {
  private final String name;
  private final String userId;
  private final Kind kind;
  private final boolean appAck;
  Optional<Connection> connection = Optional.empty();

  /** What its library was told to come back by; empty when it was told none. */
  Optional<String> pid = Optional.empty();

  /** Up to where it has everything, as it returns it. */
  Optional<String> position = Optional.empty();

  /**
   * The last position among events that its library keeps back until a CONNECT is answered; it
   * keeps them when the link breaks before that.
   */
  Optional<String> keptBack = Optional.empty();

  /** Whether it was told that it watches the inventory, whose events no inbox keeps. */
  boolean watching;

  /** What it has got since its page was loaded. */
  final Set<Long> got = new HashSet<>();

  /** Entries that others had proven when it came: nobody owes it those. */
  final Set<Long> seenElsewhere = new HashSet<>();

  /** When it was last seen to have everything. */
  long completeAt;

  /**
   * @param appAck whether its application proves receipt
   */
  Device(String name, String userId, Kind kind, boolean appAck) {
    this.name = name;
    this.userId = userId;
    this.kind = kind;
    this.appAck = appAck;
  }

  /** How it treats what it is told. */
  enum Kind {
    /** The stock JavaScript client: its library returns pid and position by itself. */
    STOCK,
    /** A client that does not know recovery and returns the position in words of its own. */
    OWN_WORDS,
    /** An administrator who watches another user's orders. */
    OBSERVER
  }

  String userId() {
    return userId;
  }

  Kind kind() {
    return kind;
  }

  boolean observer() {
    return kind == Kind.OBSERVER;
  }

  boolean online() {
    return connection.map(Connection::usable).orElse(false);
  }

  /** What the stock client says by itself; nothing without a pid. */
  Optional<Claim> claim() {
    return kind == Kind.STOCK
        ? pid.flatMap(known -> position.map(at -> new Claim(known, at)))
        : Optional.empty();
  }

  /** Whether a position that it reads is kept: by its library, which needs a pid, or by itself. */
  boolean keepsPositions() {
    return inOwnWords() || pid.isPresent();
  }

  private boolean inOwnWords() {
    return kind == Kind.OWN_WORDS || (appAck && kind == Kind.STOCK);
  }

  /**
   * @param caller whom the authenticator is told
   */
  Handshake handshake(String caller, Instant now) {
    HttpRequest request =
        new HttpRequest(
            "GET",
            "/socket.io/",
            "/socket.io/",
            Map.of("userId", List.of(caller)),
            HttpHeaders.empty(),
            InetSocketAddress.createUnresolved("client", 1),
            false,
            new byte[0]);
    return new Handshake(
        request,
        now,
        position
            .filter(at -> inOwnWords())
            .<Map<String, @Nullable Object>>map(at -> Map.of("lastEventId", at))
            .orElse(Map.of()));
  }

  /** It asks for the inventory, when it is connected. */
  void watch() {
    if (!observer()) {
      connection.filter(Connection::usable).ifPresent(Connection::watch);
    }
  }

  /** It has to ask again. */
  void forgetWatch() {
    watching = false;
  }

  /** The page was loaded again: it remembers nothing. */
  void reload() {
    position = Optional.empty();
    keptBack = Optional.empty();
    pid = Optional.empty();
    got.clear();
    forgetWatch();
  }

  @Override
  public String toString() {
    return name;
  }
}
