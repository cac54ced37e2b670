package io.realtime.notify.core.sockets;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.delivery.PersonalDelivery;
import io.realtime.notify.core.delivery.Visit;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.presence.Presence;
import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers the events of one connection (contract section 2). On its home loop only. Events that the
 * contract does not name change nothing: clients can never publish.
 */
final class Subscriptions implements EventListener {
  private static final String ORDERS = "orders";
  private static final String INVENTORY = "inventory";
  private static final String ADMIN = "admin";
  private static final int MAX_USERS_IN_STATS = 100;

  private final Principal principal;
  private final SocketLimits limits;
  private final Presence presence;
  private final InstantSource clock;
  private final Visit visit;
  private final PersonalDelivery delivery;
  private final Set<String> wished;

  /** Completes when all answers but those that can be given now have been given. */
  private CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);

  private int waitingAnswers;

  Subscriptions(
      Principal principal,
      Visit visit,
      PersonalDelivery delivery,
      SocketLimits limits,
      Presence presence,
      InstantSource clock) {
    this.principal = principal;
    this.visit = visit;
    this.delivery = delivery;
    this.wished =
        new HashSet<>(
            visit.recovered().map(note -> allowed(principal, note.rooms())).orElse(Set.of()));
    this.limits = limits;
    this.presence = presence;
    this.clock = clock;
  }

  /** Those of the rooms of a session that goes on in which {@code principal} may still be. */
  static Set<String> allowed(Principal principal, List<String> rooms) {
    return rooms.stream()
        .filter(Rooms.orders(principal.userId())::equals)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What it is in besides its user's own orders is not in the inbox, and missed for good. */
  private SessionNote note() {
    String own = Rooms.orders(principal.userId());
    boolean recoverable = wished.isEmpty() || wished.equals(Set.of(own));
    return new SessionNote(recoverable, wished.contains(own) ? List.of(own) : List.of());
  }

  @Override
  public void onEvent(ClientEvent event) {
    if (!ClientEvents.ASKED.contains(event.name())) {
      return;
    }
    try {
      Request request = Request.of(event.arguments());
      switch (event.name()) {
        case ClientEvents.SUBSCRIBE_ORDERS -> join(event, ORDERS, ordersRoom(request));
        case ClientEvents.UNSUBSCRIBE_ORDERS -> leave(event, ORDERS, ordersRoom(request));
        case ClientEvents.SUBSCRIBE_INVENTORY -> subscribeInventory(event, request);
        case ClientEvents.UNSUBSCRIBE_INVENTORY -> unsubscribeInventory(event, request);
        case ClientEvents.SUBSCRIBE_ADMIN -> join(event, ADMIN, adminRoom());
        case ClientEvents.UNSUBSCRIBE_ADMIN -> leave(event, ADMIN, adminRoom());
        case ClientEvents.REQUEST_STATS -> stats(event);
        case ClientEvents.INBOX_ACK -> acknowledge(event, request);
        default -> {}
      }
    } catch (RefusedRequestException refused) {
      answer(
          event,
          ClientEvents.ERROR,
          object("message", refused.text(), "code", refused.code().name()));
    }
  }

  private String ordersRoom(Request request) {
    String userId = request.id("userId").orElse(principal.userId());
    if (!userId.equals(principal.userId())) {
      requireAdmin();
    }
    return Rooms.orders(userId);
  }

  private String adminRoom() {
    requireAdmin();
    return Rooms.ADMIN;
  }

  private void subscribeInventory(ClientEvent event, Request request) {
    Optional<List<String>> rooms = productRooms(request);
    if (rooms.isPresent()) {
      join(event.socket(), rooms.get());
      answerSafely(event, ClientEvents.SUBSCRIBED, object("rooms", rooms.get(), "type", INVENTORY));
    } else {
      join(event, INVENTORY, Rooms.INVENTORY);
    }
  }

  private void unsubscribeInventory(ClientEvent event, Request request) {
    Optional<List<String>> rooms = productRooms(request);
    if (rooms.isPresent()) {
      leave(event.socket(), rooms.get());
      answerSafely(
          event, ClientEvents.UNSUBSCRIBED, object("rooms", rooms.get(), "type", INVENTORY));
    } else {
      leave(event, INVENTORY, Rooms.INVENTORY);
    }
  }

  private Optional<List<String>> productRooms(Request request) {
    Optional<Set<String>> ids = request.ids("productIds", limits.maxIdsPerRequest());
    return ids.map(found -> found.stream().map(Rooms::product).toList());
  }

  private void join(ClientEvent event, String type, String room) {
    join(event.socket(), List.of(room));
    answerSafely(event, ClientEvents.SUBSCRIBED, object("room", room, "type", type));
  }

  private void leave(ClientEvent event, String type, String room) {
    leave(event.socket(), List.of(room));
    answerSafely(event, ClientEvents.UNSUBSCRIBED, object("room", room, "type", type));
  }

  /** All of {@code rooms} or, past the bound, none. */
  private void join(Socket socket, List<String> rooms) {
    requireSpaceForAnswer();
    List<String> added = new ArrayList<>(rooms);
    added.removeAll(wished);
    if (wished.size() + added.size() > limits.maxSubscriptions()) {
      throw new RefusedRequestException(
          ErrorCode.LIMIT_EXCEEDED,
          "at most " + limits.maxSubscriptions() + " subscriptions per connection");
    }
    wished.addAll(added);
    socket.join(rooms.toArray(String[]::new));
  }

  private void leave(Socket socket, List<String> rooms) {
    requireSpaceForAnswer();
    rooms.forEach(wished::remove);
    socket.leave(rooms.toArray(String[]::new));
  }

  private void acknowledge(ClientEvent event, Request request) {
    Set<String> ids =
        request
            .ids("ids", limits.maxIdsPerAck())
            .orElseThrow(() -> Request.invalid("ids must be an array of event ids"));
    event.ack().send(object("acknowledged", delivery.acknowledge(event.socket(), ids)));
  }

  private void stats(ClientEvent event) {
    requireAdmin();
    List<Map<String, @Nullable Object>> users = new ArrayList<>();
    for (Presence.UserConnections user : presence.users(MAX_USERS_IN_STATS, Optional.empty())) {
      users.add(object("userId", user.userId(), "connectionCount", user.connectionCount()));
    }
    answer(
        event,
        ClientEvents.STATS,
        object(
            "totalConnections", presence.totalConnections(),
            "uniqueUsers", presence.uniqueUsers(),
            "userConnections", users,
            "timestamp", clock.instant().toString()));
  }

  private void requireAdmin() {
    if (!principal.admin()) {
      throw new RefusedRequestException(ErrorCode.FORBIDDEN, "Admin access required");
    }
  }

  private void requireSpaceForAnswer() {
    if (waitingAnswers >= limits.maxWaitingAnswers()) {
      throw new RefusedRequestException(
          ErrorCode.LIMIT_EXCEEDED,
          "at most "
              + limits.maxWaitingAnswers()
              + " requests may wait for the store, which is away; try again in a few seconds");
    }
  }

  /**
   * What was told as subscribed is known after a crash as well: an answer waits for the store, for
   * as long as that is away. The rooms do not: their events come at once.
   */
  private void answerSafely(ClientEvent event, String name, Map<String, @Nullable Object> data) {
    CompletableFuture<Void> noted = visit.remember(note()).toCompletableFuture();
    if (noted.isDone() && answered.isDone()) {
      answer(event, name, data);
    } else {
      waitingAnswers++;
      answered =
          answered
              .thenCompose(before -> noted)
              .thenRunAsync(() -> answerWaiting(event, name, data), event.socket().loop());
    }
  }

  private void answerWaiting(ClientEvent event, String name, Map<String, @Nullable Object> data) {
    waitingAnswers--;
    answer(event, name, data);
  }

  private static void answer(ClientEvent event, String name, Map<String, @Nullable Object> data) {
    event.socket().emit(name, data);
    event.ack().send(data);
  }

  private static Map<String, @Nullable Object> object(Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
