package io.realtime.notify.core.delivery;

import static io.realtime.notify.core.catalogue.ClientEvents.INBOX_GAP;
import static io.realtime.notify.core.delivery.DeliveryFixture.ids;
import static io.realtime.notify.core.delivery.DeliveryFixture.orderIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How receipt is proven x what the client does (delivery.md 2.6). */
class ReceiptTest {
  private final DeliveryFixture fixture = new DeliveryFixture();

  private FakeSocket connect(Receipt receipt, Optional<Position> position) {
    return fixture.connect(new Visitor("u", Optional.empty(), position, false, receipt));
  }

  @Test
  void callback_answered_provesExactlyThatEvent() {
    FakeSocket socket = connect(Receipt.CALLBACK, Optional.empty());
    fixture.orders("u", "1", "2", "3");
    socket.proveAll();
    assertThat(fixture.kept()).isEqualTo(3);

    socket.answer(1);
    socket.breakOff();

    assertThat(orderIds(fixture.connect("u"))).containsExactly("1", "3");
  }

  @Test
  void exactIds_acknowledged_areProvenOnEveryConnectionAndOthersIgnored() {
    for (Receipt receipt : Receipt.values()) {
      FakeSocket socket = connect(receipt, Optional.empty());
      fixture.orders("u", "a", "b");
      String first =
          socket.sent().getFirst().payload().replaceFirst(".*\"eventId\":\"([^\"]*)\".*", "$1");

      assertThat(fixture.delivery.acknowledge(socket, Set.of(first, "unknown"))).isEqualTo(1);
      assertThat(fixture.delivery.acknowledge(socket, Set.of(first))).isZero();
      fixture.namespace.loop().turn();
      assertThat(fixture.kept()).as("%s", receipt).isEqualTo(1);

      socket.breakOff();
      fixture.connect("u").proveAll();
      fixture.namespace.breakAll();
      fixture.sweepAfter(Duration.ofMinutes(4));
      assertThat(fixture.kept()).isZero();
    }
  }

  @Test
  void wordOnly_pongOfTheTransport_provesNothing() {
    FakeSocket socket = connect(Receipt.WORD, Optional.empty());
    fixture.orders("u", "1");

    socket.proveAll();

    assertThat(socket.sent().getFirst().mark()).isZero();
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void provesByReturning_500Unproven_isEndedAndItsPositionProves() {
    fixture.orders("u", ids(0, 501));
    FakeSocket socket = connect(Receipt.RETURN, Optional.empty());
    assertThat(socket.sent()).hasSize(500);
    assertThat(socket.connected()).isFalse();

    FakeSocket second = connect(Receipt.RETURN, fixture.position(socket, 500));

    assertThat(orderIds(second)).containsExactly("500");
    fixture.sweepAfter(Duration.ofMinutes(4));
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void provesByReturning_fiveMinutesAfterTheOldestUnproven_isEndedAndNeverWhenIdle() {
    FakeSocket idle = connect(Receipt.RETURN, Optional.empty());
    fixture.sweepAfter(Duration.ofMinutes(60));
    assertThat(idle.connected()).isTrue();
    fixture.orders("u", "1");

    fixture.sweepAfter(Duration.ofMinutes(5).minusMillis(1));
    assertThat(idle.connected()).isTrue();
    fixture.sweepAfter(Duration.ofSeconds(30));

    assertThat(idle.connected()).isFalse();
  }

  @Test
  void provesByReturning_positionBehindAGap_isNotToldOfItAgain() {
    fixture.orders("u", ids(0, 1_003));
    FakeSocket first = connect(Receipt.RETURN, Optional.empty());
    assertThat(first.sent().getFirst().event()).isEqualTo(INBOX_GAP);
    assertThat(fixture.beginning(first).start()).isEmpty();

    FakeSocket second = connect(Receipt.RETURN, fixture.position(first, 2));

    assertThat(second.sent().getFirst().event()).isEqualTo("order:created");
    assertThat(orderIds(second)).startsWith("4");
  }

  @Test
  void provesByReturning_gapWithNothingBehindIt_isProvenByItsOwnPosition() {
    fixture.orders("u", "1", "2");
    expireEverything();
    FakeSocket first = connect(Receipt.RETURN, Optional.empty());
    assertThat(first.sent()).extracting(FakeSocket.Sent::event).containsExactly(INBOX_GAP);
    assertThat(connect(Receipt.RETURN, fixture.beginning(first).start()).sent()).hasSize(1);

    FakeSocket second = connect(Receipt.RETURN, fixture.position(first, 1));

    assertThat(second.sent()).isEmpty();
    assertThat(connect(Receipt.TRANSPORT, Optional.empty()).sent()).isEmpty();
    fixture.orders("u", "3");
    assertThat(orderIds(second)).containsExactly("3");
  }

  @Test
  void provesByReturning_twoGapsAtOnePlace_onlyTheSecondProvesBoth() {
    fixture.orders("u", ids(0, 1_003));
    expireEverything();
    FakeSocket first = connect(Receipt.RETURN, Optional.empty());
    assertThat(first.sent())
        .extracting(FakeSocket.Sent::event)
        .containsExactly(INBOX_GAP, INBOX_GAP);
    assertThat(fixture.position(first, 1)).isEmpty();
    assertThat(connect(Receipt.RETURN, fixture.position(first, 1)).sent()).hasSize(2);

    assertThat(connect(Receipt.RETURN, fixture.position(first, 2)).sent()).isEmpty();
  }

  @Test
  void provesByReturning_gapWhileItListens_hasThePositionBeforeWhatFollows() {
    DeliveryFixture small = new DeliveryFixture(DeliveryFixture.settings(2_000, 1 << 20, 2_000));
    FakeSocket socket =
        small.connect(new Visitor("u", Optional.empty(), Optional.empty(), false, Receipt.RETURN));
    small.namespace.loseWakeUps(true);
    small.orders("u", ids(0, 1_003));
    small.namespace.loseWakeUps(false);
    small.sweepAfter(Duration.ofSeconds(30));

    assertThat(socket.sent().getFirst().event()).isEqualTo(INBOX_GAP);
    assertThat(small.position(socket, 1).orElseThrow().seq()).isEqualTo(3);
    assertThat(small.position(socket, 2).orElseThrow().seq()).isEqualTo(4);
  }

  @Test
  void provesOtherwise_gap_hasNoPositionThatTheStockClientWouldKeep() {
    for (Receipt receipt : List.of(Receipt.TRANSPORT, Receipt.CALLBACK, Receipt.WORD)) {
      DeliveryFixture other = new DeliveryFixture();
      other.orders("u", ids(0, 1_003));
      FakeSocket socket =
          other.connect(new Visitor("u", Optional.empty(), Optional.empty(), false, receipt));

      assertThat(socket.sent().getFirst().event()).isEqualTo(INBOX_GAP);
      assertThat(other.position(socket, 1)).as("%s", receipt).isEmpty();
    }
  }

  @Test
  void provesByReturning_499Unproven_listensAndOneMore_endsIt() {
    FakeSocket socket = connect(Receipt.RETURN, Optional.empty());
    fixture.orders("u", ids(0, 499));
    fixture.sweepAfter(Duration.ofMinutes(1));
    assertThat(socket.connected()).isTrue();

    fixture.orders("u", "499");

    assertThat(orderIds(socket)).hasSize(500);
    assertThat(socket.connected()).isFalse();
  }

  private void expireEverything() {
    fixture.clock.advance(Duration.ofDays(8));
    fixture.inbox.purge().toCompletableFuture().join();
  }
}
