package io.realtime.notify.core.sockets;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.delivery.PersonalDelivery;
import io.realtime.notify.core.delivery.Receipt;
import io.realtime.notify.core.delivery.Visit;
import io.realtime.notify.core.delivery.Visitor;
import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.identity.Refusal;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Sha256;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.SessionKeeper;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Turns sockets of a namespace into connections of users: identity, rooms, greeting, backlog,
 * subscriptions. To clients that know recovery it is the keeper of their sessions; the others are
 * treated the same by a middleware, and return a position in words of their own ({@code
 * lastEventId}).
 */
public final class NotificationSockets implements SessionKeeper {
  /** Where {@link Socket#data} holds the {@link Principal}. */
  public static final String PRINCIPAL = "principal";

  private static final String VISIT = "realtime.visit";
  private static final String LAST_EVENT_ID = "lastEventId";
  private static final int SOCKET_ID_LENGTH = 20;

  private final Authenticator authenticator;
  private final PersonalDelivery delivery;
  private final boolean appAck;
  private final LocalPresence presence;
  private final SocketLimits limits;
  private final InstantSource clock;
  private final TokenExpiry expiry;

  /**
   * @param appAck whether only the application itself proves receipt, never the transport: clients
   *     of Socket.IO by the answer callback of each event, others by {@code inbox:ack}
   * @param timer ends connections whose token ends; its tasks only hand over to home loops
   */
  public NotificationSockets(
      Authenticator authenticator,
      PersonalDelivery delivery,
      boolean appAck,
      LocalPresence presence,
      SocketLimits limits,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.authenticator = authenticator;
    this.delivery = delivery;
    this.appAck = appAck;
    this.presence = presence;
    this.limits = limits;
    this.clock = clock;
    this.expiry = new TokenExpiry(timer, clock);
  }

  /** To be called once, before the server accepts connections. */
  public void install(Namespace namespace) {
    namespace.use(this::admit);
    namespace.onConnection(this::connected);
  }

  @Override
  public CompletionStage<Arrival> arrive(Handshake handshake, Optional<Claim> claim) {
    return switch (authenticator.identify(Credentials.of(handshake))) {
      case Identification.Known(Principal principal) ->
          decided(
                  delivery.arrive(
                      visitor(
                          principal,
                          handshake,
                          claim,
                          !appAck && !principal.admin(),
                          appAck ? Receipt.CALLBACK : Receipt.TRANSPORT)))
              .thenApply(visit -> arrival(principal, visit));
      case Identification.Refused(Refusal refusal) ->
          CompletableFuture.failedStage(refused(refusal));
    };
  }

  /** What a client's library returns by itself is newer than what was written into a URL. */
  private static Visitor visitor(
      Principal principal,
      Handshake handshake,
      Optional<Claim> claim,
      boolean mayRecover,
      Receipt receipt) {
    return new Visitor(
        principal.userId(),
        claim.map(Claim::pid),
        claim
            .map(Claim::offset)
            .flatMap(Position::parse)
            .or(() -> handshake.authText(LAST_EVENT_ID).flatMap(Position::parse))
            .or(() -> handshake.headers().first("last-event-id").flatMap(Position::parse))
            .or(() -> handshake.request().queryFirst(LAST_EVENT_ID).flatMap(Position::parse)),
        mayRecover,
        receipt);
  }

  private Receipt receiptOf(Socket socket) {
    return switch (socket.transport()) {
      case EVENT_STREAM -> Receipt.RETURN;
      case PLAIN_WEBSOCKET -> appAck ? Receipt.WORD : Receipt.TRANSPORT;
      case WEBSOCKET, POLLING -> appAck ? Receipt.CALLBACK : Receipt.TRANSPORT;
    };
  }

  private Arrival arrival(Principal principal, Visit visit) {
    Map<String, Object> data = Map.of(PRINCIPAL, principal, VISIT, visit);
    Optional<String> socketId = visit.pid().map(NotificationSockets::socketId);
    return visit
        .recovered()
        .<Arrival>map(
            note ->
                new Arrival.Returned(
                    socketId.orElseThrow(),
                    visit.pid().orElseThrow(),
                    Subscriptions.allowed(principal, note.rooms()),
                    data,
                    visit.missed()))
        .orElseGet(() -> new Arrival.New(visit.pid().filter(pid -> !appAck), socketId, data));
  }

  /** The same whenever the session goes on, and says nothing about the pid, which is a secret. */
  private static String socketId(String pid) {
    return Base64.getUrlEncoder().encodeToString(Sha256.digest(pid)).substring(0, SOCKET_ID_LENGTH);
  }

  @Override
  public void abandoned(Arrival arrival) {
    Map<String, Object> data =
        switch (arrival) {
          case Arrival.New fresh -> fresh.data();
          case Arrival.Returned returned -> returned.data();
        };
    if (data.get(VISIT) instanceof Visit visit) {
      visit.abandon();
    }
  }

  private CompletionStage<Void> admit(Socket socket) {
    if (socket.data().containsKey(VISIT)) {
      return CompletableFuture.completedStage(null);
    }
    Handshake handshake = socket.handshake();
    return switch (authenticator.identify(Credentials.of(handshake))) {
      case Identification.Known(Principal principal) -> {
        Visit visit =
            delivery.arrive(
                visitor(principal, handshake, Optional.empty(), false, receiptOf(socket)));
        socket.data().put(PRINCIPAL, principal);
        socket.data().put(VISIT, visit);
        socket.onAbandoned(visit::abandon);
        yield decided(visit).thenAccept(known -> {});
      }
      case Identification.Refused(Refusal refusal) ->
          CompletableFuture.failedStage(refused(refusal));
    };
  }

  private static CompletionStage<Visit> decided(Visit visit) {
    return visit
        .decided()
        .exceptionallyCompose(
            full -> CompletableFuture.failedStage(refused(Refusal.TOO_MANY_CONNECTIONS)));
  }

  private static ConnectRefused refused(Refusal refusal) {
    return refusal
        .code()
        .map(code -> new ConnectRefused(refusal.message(), Map.of("code", code)))
        .orElseGet(() -> new ConnectRefused(refusal.message()));
  }

  private void connected(Socket socket) {
    if (!(socket.data().get(PRINCIPAL) instanceof Principal principal)
        || !(socket.data().remove(VISIT) instanceof Visit visit)) {
      throw new IllegalStateException("socket " + socket.id() + " was admitted without identity");
    }
    if (!socket.connected()) { // what it had missed was more than its connection could take
      visit.abandon();
      return;
    }
    String userId = principal.userId();
    presence.opened(userId);
    socket.onDisconnect(reason -> presence.closed(userId));
    socket.onAny(new Subscriptions(principal, visit, delivery, limits, presence, clock));
    socket.join(Rooms.user(userId));
    if (principal.admin()) {
      socket.join(Rooms.ADMIN);
    }
    socket.emit(greeting(socket, principal, visit));
    delivery.attach(socket, visit);
    expiry.watch(socket, principal);
  }

  /** Ends in the position that the stock client returns before it has got any event. */
  private Message greeting(Socket socket, Principal principal, Visit visit) {
    Map<String, @Nullable Object> greeting = greeting(socket, principal);
    return visit
        .start()
        .map(start -> Message.of(ClientEvents.CONNECTED, greeting, start.text()))
        .orElseGet(() -> Message.of(ClientEvents.CONNECTED, greeting));
  }

  private Map<String, @Nullable Object> greeting(Socket socket, Principal principal) {
    Map<String, @Nullable Object> greeting = new LinkedHashMap<>();
    greeting.put("message", "Connected to real-time service");
    greeting.put("userId", principal.userId());
    greeting.put("socketId", socket.id());
    greeting.put("role", principal.role());
    greeting.put("timestamp", clock.instant().toString());
    return greeting;
  }
}
