package io.realtime.notify.core.sockets;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.delivery.PersonalDelivery;
import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.identity.Refusal;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Turns sockets of a namespace into connections of users: identity, rooms, greeting, backlog,
 * subscriptions.
 */
public final class NotificationSockets {
  /** Where {@link Socket#data} holds the {@link Principal}. */
  public static final String PRINCIPAL = "principal";

  private final Authenticator authenticator;
  private final PersonalDelivery delivery;
  private final LocalPresence presence;
  private final SocketLimits limits;
  private final InstantSource clock;
  private final TokenExpiry expiry;

  /**
   * @param timer ends connections whose token ends; its tasks only hand over to home loops
   */
  public NotificationSockets(
      Authenticator authenticator,
      PersonalDelivery delivery,
      LocalPresence presence,
      SocketLimits limits,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.authenticator = authenticator;
    this.delivery = delivery;
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

  private CompletionStage<Void> admit(Socket socket) {
    return switch (authenticator.identify(Credentials.of(socket.handshake()))) {
      case Identification.Known(Principal principal) -> {
        socket.data().put(PRINCIPAL, principal);
        yield CompletableFuture.completedStage(null);
      }
      case Identification.Refused(Refusal refusal) ->
          CompletableFuture.failedStage(refused(refusal));
    };
  }

  private static ConnectRefused refused(Refusal refusal) {
    return refusal
        .code()
        .map(code -> new ConnectRefused(refusal.message(), Map.of("code", code)))
        .orElseGet(() -> new ConnectRefused(refusal.message()));
  }

  private void connected(Socket socket) {
    if (!(socket.data().get(PRINCIPAL) instanceof Principal principal)) {
      throw new IllegalStateException("socket " + socket.id() + " was admitted without identity");
    }
    String userId = principal.userId();
    presence.opened(userId);
    socket.onDisconnect(reason -> presence.closed(userId));
    socket.onAny(new Subscriptions(principal, limits, presence, clock));
    socket.join(Rooms.user(userId));
    if (principal.admin()) {
      socket.join(Rooms.ADMIN);
    }
    socket.emit(ClientEvents.CONNECTED, greeting(socket, principal));
    delivery.attach(socket, userId);
    expiry.watch(socket, principal);
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
