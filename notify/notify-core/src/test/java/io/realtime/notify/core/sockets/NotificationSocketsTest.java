package io.realtime.notify.core.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.JwtAuthenticator;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.core.identity.Refusal;
import io.realtime.socketio.server.api.ConnectRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationSocketsTest extends SocketsFixture {
  private static final Map<String, Object> NOT_AN_ADMIN =
      Map.of("message", "Admin access required", "code", "FORBIDDEN");

  @Test
  void user_connected_isGreetedThenOwedTheBacklog() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.sent())
        .extracting(FakeSocket.Sent::event)
        .containsExactly("connection:success");
    assertThat(answerOf(socket))
        .isEqualTo(
            Map.of(
                "message", "Connected to real-time service",
                "userId", "user-1",
                "socketId", socket.id(),
                "role", "user",
                "timestamp", "2026-11-24T10:00:00Z"));
    assertThat(attached).containsExactly(socket.id() + " after 1");
    assertThat(socket.rooms()).containsExactly("user:user-1");
    assertThat(presence.connectionsOf("user-1")).isEqualTo(1);
  }

  @Test
  void admin_connected_isInTheAdminRoomToo() {
    assertThat(connect("admin-1").rooms())
        .containsExactlyInAnyOrder("user:admin-1", "admin:dashboard");
  }

  @Test
  void connection_ended_isNotCountedAnyMore() {
    connect("user-1").breakOff();

    assertThat(presence.totalConnections()).isZero();
  }

  @Test
  void badIdentity_isRefusedWithItsMessageAndNothingElse() {
    install(credentials -> new Identification.Refused(Refusal.AUTHENTICATION_FAILED));

    assertThatThrownBy(() -> namespace.connect(handshake("user-1")))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ConnectRefused.class,
            refused -> {
              assertThat(refused).hasMessage("Authentication failed");
              assertThat(refused.payload()).isEmpty();
            });
    assertThat(presence.totalConnections()).isZero();
  }

  @Test
  void expiredToken_isRefusedWithItsCode() {
    install(credentials -> new Identification.Refused(Refusal.TOKEN_EXPIRED));

    assertThatThrownBy(() -> namespace.connect(handshake("user-1")))
        .cause()
        .isInstanceOfSatisfying(
            ConnectRefused.class,
            refused -> {
              assertThat(refused).hasMessage("Authentication failed");
              assertThat(refused.payload()).contains(Map.of("code", "TOKEN_EXPIRED"));
            });
  }

  @Test
  void connections20OfAUser_areLetIn_andThe21stIsToldWhyByEveryKindOfClient() {
    for (int i = 0; i < 20; i++) {
      connect("user-1");
    }

    List<ThrowingCallable> kinds =
        List.of(
            () -> namespace.connect(handshake("user-1")),
            () -> namespace.connect(handshake("user-1"), Optional.empty()));
    for (ThrowingCallable kind : kinds) {
      assertThatThrownBy(kind)
          .cause()
          .isInstanceOfSatisfying(
              ConnectRefused.class,
              refused -> {
                assertThat(refused).hasMessage("Too many connections of this user");
                assertThat(refused.payload()).contains(Map.of("code", "TOO_MANY_CONNECTIONS"));
              });
    }
    assertThat(presence.connectionsOf("user-1")).isEqualTo(20);
  }

  @Test
  void token_endingWhileConnected_closesTheTransport() {
    install(
        credentials ->
            new Identification.Known(
                new Principal(
                    "user-1",
                    false,
                    Set.of(),
                    Optional.of(clock.instant().minus(JwtAuthenticator.LEEWAY)))));

    FakeSocket socket = namespace.connect(handshake("user-1"));

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(socket.connected()).isFalse());
  }

  @Test
  void ownOrders_subscribedWithoutAnId_areAnsweredByEventAndAck() {
    FakeSocket socket = connect("user-1");
    Map<String, Object> expected = Map.of("room", "orders:user-1", "type", "orders");

    assertThat(socket.receive("subscribe:orders")).containsExactly(expected);
    assertThat(socket.sent().getLast().event()).isEqualTo("subscribed");
    assertThat(answerOf(socket)).isEqualTo(expected);
    assertThat(socket.rooms()).contains("orders:user-1");
  }

  @Test
  void eventOfTheServer_sentByAClient_isIgnoredWhateverItHolds() {
    FakeSocket socket = connect("user-1");
    int before = socket.sent().size();

    socket.receive("order:updated", "not an object");

    assertThat(socket.sent()).hasSize(before);
  }

  @Test
  void ownOrders_unsubscribed_leaveTheUserRoomAlone() {
    FakeSocket socket = connect("user-1");
    socket.receive("subscribe:orders", Map.of("userId", "user-1"));

    assertThat(socket.receive("unsubscribe:orders", (Object) null))
        .containsExactly(Map.of("room", "orders:user-1", "type", "orders"));
    assertThat(socket.rooms()).containsExactly("user:user-1");
  }

  @Test
  void ordersOfAnotherUser_subscribedByAUser_areRefused() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive("subscribe:orders", Map.of("userId", "user-2")))
        .containsExactly(NOT_AN_ADMIN);
    assertThat(socket.sent().getLast().event()).isEqualTo("error");
    assertThat(socket.rooms()).doesNotContain("orders:user-2");
  }

  @Test
  void ordersOfAnotherUser_subscribedByAnAdmin_areJoined() {
    FakeSocket socket = connect("admin-1");

    socket.receive("subscribe:orders", Map.of("userId", "user-2"));

    assertThat(socket.rooms()).contains("orders:user-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe:admin", "unsubscribe:admin", "request:stats"})
  void adminEvent_ofAUser_isRefused(String event) {
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive(event)).containsExactly(NOT_AN_ADMIN);
    assertThat(socket.rooms()).containsExactly("user:user-1");
  }

  @Test
  void adminRoom_leftAndJoinedAgain_isAnswered() {
    FakeSocket socket = connect("admin-1");
    Map<String, Object> expected = Map.of("room", "admin:dashboard", "type", "admin");

    assertThat(socket.receive("unsubscribe:admin")).containsExactly(expected);
    assertThat(socket.rooms()).doesNotContain("admin:dashboard");
    assertThat(socket.receive("subscribe:admin")).containsExactly(expected);
    assertThat(socket.rooms()).contains("admin:dashboard");
  }

  @Test
  void inventory_subscribedWithoutProducts_joinsTheCommonRoom() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive("subscribe:inventory"))
        .containsExactly(Map.of("room", "inventory:updates", "type", "inventory"));
    assertThat(socket.rooms()).contains("inventory:updates");
  }

  @Test
  void inventory_subscribedByProducts_joinsOnlyTheirs() {
    FakeSocket socket = connect("user-1");

    assertThat(
            socket.receive("subscribe:inventory", Map.of("productIds", List.of("p-1", 7, "p-1"))))
        .containsExactly(
            Map.of("rooms", List.of("inventory:p-1", "inventory:7"), "type", "inventory"));
    assertThat(socket.rooms())
        .containsExactlyInAnyOrder("user:user-1", "inventory:p-1", "inventory:7");
    assertThat(socket.receive("unsubscribe:inventory", Map.of("productIds", List.of(7))))
        .containsExactly(Map.of("rooms", List.of("inventory:7"), "type", "inventory"));
    assertThat(socket.rooms()).containsExactlyInAnyOrder("user:user-1", "inventory:p-1");
  }

  @Test
  void products_atTheBoundOfOneRequest_areJoinedAndOneMoreIsRefused() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive("subscribe:inventory", products(0, 3)).toString())
        .contains("inventory:p-2");
    assertThat(socket.receive("subscribe:inventory", products(0, 4)))
        .containsExactly(
            Map.of("message", "productIds must have at most 3 ids", "code", "LIMIT_EXCEEDED"));
  }

  @Test
  void subscriptions_atTheBoundOfOneConnection_areJoinedAndOneMoreIsRefused() {
    FakeSocket socket = connect("user-1");
    socket.receive("subscribe:inventory", products(0, 3));
    socket.receive("subscribe:inventory", products(1, 3));
    socket.receive("subscribe:inventory");
    assertThat(socket.rooms()).contains("inventory:p-3", "inventory:updates").hasSize(6);

    assertThat(socket.receive("subscribe:inventory", products(4, 1)))
        .containsExactly(
            Map.of("message", "at most 5 subscriptions per connection", "code", "LIMIT_EXCEEDED"));

    socket.receive("unsubscribe:inventory");
    assertThat(socket.receive("subscribe:inventory", products(4, 1)).toString())
        .contains("inventory:p-4");
  }

  @Test
  void dataThatIsNoObject_isRefused() {
    assertThat(connect("user-1").receive("subscribe:orders", "user-1"))
        .containsExactly(Map.of("message", "data must be an object", "code", "INVALID_ARGUMENT"));
  }

  @Test
  void objectAsId_isRefusedByItsName() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive("subscribe:orders", Map.of("userId", Map.of())).toString())
        .contains("userId must be a string of 1 to 256 characters or an integer");
    assertThat(
            socket
                .receive("subscribe:inventory", Map.of("productIds", List.of(List.of())))
                .toString())
        .contains("productIds must be");
    assertThat(socket.receive("subscribe:inventory", Map.of("productIds", "p-1")).toString())
        .contains("productIds must be an array of ids");
  }

  @Test
  void eventOfTheServer_sentByAClient_changesNothing() {
    FakeSocket victim = connect("user-2");
    FakeSocket socket = connect("user-1");

    assertThat(socket.receive("order:updated", Map.of("orderId", "1"))).isEmpty();
    assertThat(victim.sent()).hasSize(1);
    assertThat(socket.sent()).hasSize(1);
  }

  @Test
  void stats_askedByAnAdmin_countConnectionsAndUsers() {
    connect("user-1");
    FakeSocket admin = namespace.connect(handshake("admin-1"));

    List<@Nullable Object> answer = admin.receive("request:stats");

    assertThat(answer)
        .containsExactly(
            Map.of(
                "totalConnections",
                2,
                "uniqueUsers",
                2,
                "userConnections",
                List.of(
                    Map.of("userId", "admin-1", "connectionCount", 1),
                    Map.of("userId", "user-1", "connectionCount", 1)),
                "timestamp",
                "2026-11-24T10:00:00Z"));
    assertThat(admin.sent().getLast().event()).isEqualTo("stats");
  }
}
