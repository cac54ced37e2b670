package io.realtime.notify.core.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.notify.core.delivery.Receipt;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.identity.DevelopmentAuthenticator;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Refusal;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Position;
import io.realtime.socketio.server.api.ConnectRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back, and what they say that they have. */
class ReturningSocketsTest extends SocketsFixture {

  @Test
  void connected_greeting_endsInThePosition() {
    FakeSocket socket = connect("user-1");

    assertThat(socket.sent().getFirst().message().arguments().getLast())
        .isEqualTo(new Position(0, Chain.start("user-1")).text());
  }

  @Test
  void ownOrders_backWithinTheBreak_isRecoveredAndInTheRoomAgain() {
    install(new DevelopmentAuthenticator());
    FakeSocket first = namespace.connect(handshake("user-1"), Optional.empty());
    first.receive("subscribe:orders");
    first.breakOff();

    FakeSocket second = namespace.connect(handshake("user-1"), claim(0));

    assertThat(second.recovered()).isTrue();
    assertThat(second.id()).isEqualTo(first.id()).hasSize(20);
    assertThat(second.rooms()).containsExactlyInAnyOrder("user:user-1", "orders:user-1");
    assertThat(second.sent().getFirst().event()).isEqualTo("connection:success");
  }

  @Test
  void otherSubscriptions_backWithinTheBreak_beginAnewUntilTheyAreGivenBack() {
    install(new DevelopmentAuthenticator());
    FakeSocket first = namespace.connect(handshake("user-1"), Optional.empty());
    first.receive("subscribe:inventory");
    first.breakOff();
    FakeSocket second = namespace.connect(handshake("user-1"), claim(0));
    second.receive("subscribe:inventory");
    second.receive("unsubscribe:inventory");
    second.breakOff();

    assertThat(second.recovered()).isFalse();
    assertThat(namespace.connect(handshake("user-1"), claim(1)).recovered()).isTrue();
  }

  @Test
  void subscription_storeAway_isInTheRoomAndToldWhenTheStoreKnows() {
    install(new DevelopmentAuthenticator());
    FakeSocket socket = namespace.connect(handshake("user-1"), Optional.empty());
    store.away(true);

    assertThat(socket.receive("subscribe:inventory")).isEmpty();
    assertThat(socket.rooms()).contains("inventory:updates");
    assertThat(answers(socket)).isEmpty();

    store.away(false);
    sweep();
    assertThat(answers(socket)).containsExactly("subscribed");
  }

  @Test
  void subscriptions_storeAway_areToldInOrder() {
    install(new DevelopmentAuthenticator());
    FakeSocket socket = namespace.connect(handshake("user-1"), Optional.empty());
    store.away(true);
    socket.receive("subscribe:inventory");
    socket.receive("unsubscribe:inventory");
    store.away(false);
    sweep();

    assertThat(answers(socket)).containsExactly("subscribed", "unsubscribed");
  }

  @Test
  void subscription_untold_endsWithTheConnectionAndTheSessionGoesOn() {
    install(new DevelopmentAuthenticator());
    FakeSocket first = namespace.connect(handshake("user-1"), Optional.empty());
    store.away(true);
    first.receive("subscribe:inventory");
    first.breakOff();
    store.away(false);

    FakeSocket second = namespace.connect(handshake("user-1"), claim(0));

    assertThat(answers(first)).isEmpty();
    assertThat(second.recovered()).isTrue();
    assertThat(second.rooms()).doesNotContain("inventory:updates");
  }

  @Test
  void requests_onePastThoseThatMayWaitForTheStore_isRefusedAndChangesNothing() {
    install(new DevelopmentAuthenticator());
    FakeSocket socket = namespace.connect(handshake("user-1"), Optional.empty());
    store.away(true);
    socket.receive("subscribe:inventory");
    socket.receive("unsubscribe:inventory");
    socket.receive("subscribe:inventory");

    assertThat(socket.rooms()).doesNotContain("inventory:updates");
    assertThat(answers(socket)).containsExactly("error");

    store.away(false);
    sweep();
    socket.receive("subscribe:inventory");
    assertThat(answers(socket))
        .containsExactly("error", "subscribed", "unsubscribed", "subscribed");
  }

  private void sweep() {
    delivery.sweep();
    namespace.loop().turn();
  }

  private static List<String> answers(FakeSocket socket) {
    return socket.sent().stream()
        .map(FakeSocket.Sent::event)
        .filter(event -> !event.equals("connection:success"))
        .toList();
  }

  @Test
  void admin_backWithinTheBreak_beginsAnew() {
    install(new DevelopmentAuthenticator());
    namespace.connect(handshake("admin-1"), Optional.empty()).breakOff();

    assertThat(namespace.connect(handshake("admin-1"), claim(0)).recovered()).isFalse();
  }

  @Test
  void keeper_badIdentity_isRefusedBeforeTheInboxIsAsked() {
    install(credentials -> new Identification.Refused(Refusal.AUTHENTICATION_FAILED));

    assertThatThrownBy(() -> namespace.connect(handshake("user-1"), Optional.empty()))
        .cause()
        .isInstanceOf(ConnectRefused.class)
        .hasMessage("Authentication failed");
    assertThat(visitors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lastEventId_inAuthOrQuery_isThePosition(boolean inAuth) {
    install(new DevelopmentAuthenticator());
    String position = new Position(7, 42).text();

    namespace.connect(
        inAuth
            ? handshake("user-1", Map.of("lastEventId", position), Map.of())
            : handshake("user-1", Map.of(), Map.of("lastEventId", List.of(position))));

    assertThat(visitors.getFirst().position()).contains(new Position(7, 42));
    assertThat(visitors.getFirst().mayRecover()).isFalse();
  }

  @Test
  void inboxAck_ofExactIds_isAnsweredByItsCallbackOnly() {
    FakeSocket socket = connect("user-1");
    int before = socket.sent().size();

    assertThat(socket.receive("inbox:ack", Map.of("ids", List.of("a", "b"))))
        .containsExactly(Map.of("acknowledged", 10));
    assertThat(socket.sent()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "text", "many"})
  void inboxAck_withoutIdsOrWithTooMany_isRefused(String kind) {
    FakeSocket socket = connect("user-1");

    socket.receive(
        "inbox:ack",
        switch (kind) {
          case "none" -> Map.of();
          case "text" -> Map.of("ids", "a");
          default -> Map.of("ids", List.of("a", "b", "c"));
        });

    assertThat(socket.sent().getLast().event()).isEqualTo("error");
  }

  @Test
  void appAck_socketIo_isToldNoPidAndProvesByItsCallback() {
    appAck = true;
    install(new DevelopmentAuthenticator());

    FakeSocket first = namespace.connect(handshake("user-1"), Optional.empty());
    first.breakOff();

    assertThat(visitors.getFirst().receipt()).isEqualTo(Receipt.CALLBACK);
    assertThat(namespace.connect(handshake("user-1"), claim(0)).recovered()).isFalse();
  }
}
