package io.realtime.notify.core.delivery;

import static io.realtime.notify.core.delivery.DeliveryFixture.ids;
import static io.realtime.notify.core.delivery.DeliveryFixture.orderIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.ingest.PartitionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State of a connection x what happens to it (delivery.md 2.5 and 2.6). */
class OutletTest {
  private final DeliveryFixture fixture = new DeliveryFixture();

  @Test
  void live_successorStored_isSentAtOnceWithoutReading() {
    FakeSocket socket = fixture.connect("u");
    int reads = fixture.inbox.requests().size();

    fixture.orders("u", "1", "2");

    assertThat(orderIds(socket)).containsExactly("1", "2");
    assertThat(socket.sent()).extracting(FakeSocket.Sent::mark).containsExactly(1L, 2L);
    assertThat(fixture.inbox.requests()).hasSize(reads);
  }

  @Test
  void offline_storedThenConnected_getsTheBacklogInOrderThenLive() {
    fixture.orders("u", "1", "2");

    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", "3");

    assertThat(orderIds(socket)).containsExactly("1", "2", "3");
  }

  @Test
  void unproven_reconnected_getsItAgainWithTheSameBytes() {
    FakeSocket first = fixture.connect("u");
    fixture.orders("u", "1", "2");
    first.prove(1);
    first.breakOff();

    FakeSocket second = fixture.connect("u");

    assertThat(second.payloads()).containsExactly(first.payloads().get(1));
  }

  @Test
  void written_withoutProof_staysStored() {
    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", "1");

    assertThat(socket.sent()).hasSize(1);
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void mark_proven_removesExactlyWhatStandsBeforeIt() {
    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", "1", "2", "3");

    socket.prove(2);
    assertThat(fixture.kept()).isEqualTo(1);
    socket.prove(2);
    socket.prove(3);

    assertThat(fixture.kept()).isZero();
    assertThat(fixture.registry.counter("realtime.delivery.proofs").count()).isEqualTo(3);
  }

  @Test
  void reading_woken_sendsNothingUntilThePageThenEverythingInOrder() {
    fixture.orders("u", "1");
    fixture.inbox.hold();
    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", "2");
    assertThat(socket.sent()).isEmpty();

    fixture.inbox.release();
    fixture.namespace.loop().turn();
    fixture.orders("u", "3");

    assertThat(orderIds(socket)).containsExactly("1", "2", "3");
  }

  @Test
  void dirty_backlogOfManyPages_isReadInPagesOfAHundred() {
    fixture.orders("u", ids(0, 250));

    FakeSocket socket = fixture.connect("u");

    assertThat(orderIds(socket)).containsExactly(ids(0, 250));
    assertThat(fixture.inbox.requests()).extracting(PageRequest::limit).containsOnly(100);
    assertThat(fixture.inbox.requests()).hasSize(3);
  }

  @Test
  void unproven_at500_stopsAndGoesOnWithProof() {
    fixture.orders("u", ids(0, 600));
    FakeSocket socket = fixture.connect("u");
    assertThat(socket.sent()).hasSize(500);
    fixture.orders("u", "600");
    assertThat(socket.sent()).hasSize(500);

    socket.prove(1);
    assertThat(socket.sent()).hasSize(501);
    socket.proveAll();

    assertThat(orderIds(socket)).containsExactly(ids(0, 601));
  }

  @Test
  void live_500thUnproven_isSentAndThe501st_waitsForProof() {
    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", ids(0, 500));
    assertThat(socket.sent()).hasSize(500);

    fixture.orders("u", "500");
    assertThat(socket.sent()).hasSize(500);
    socket.prove(1);

    assertThat(orderIds(socket)).containsExactly(ids(0, 501));
  }

  @Test
  void unprovenBytes_atBound_stopAndGoOnWithProof() {
    DeliveryFixture small = new DeliveryFixture(DeliveryFixture.settings(500, 1, 100));
    small.orders("u", "1", "2");
    FakeSocket socket = small.connect("u");
    assertThat(orderIds(socket)).containsExactly("1");

    socket.proveAll();

    assertThat(orderIds(socket)).containsExactly("1", "2");
  }

  @Test
  void wakeUpLost_positionCheckAfter30Seconds_healsIt() {
    FakeSocket socket = fixture.connect("u");
    fixture.namespace.loseWakeUps(true);
    fixture.orders("u", "1");
    fixture.namespace.loseWakeUps(false);

    fixture.sweepAfter(Duration.ofSeconds(30).minusMillis(1));
    assertThat(socket.sent()).isEmpty();
    fixture.sweepAfter(Duration.ofMillis(1));

    assertThat(orderIds(socket)).containsExactly("1");
  }

  @Test
  void wakeUpLost_nextOneArrives_bothAreSentInOrder() {
    FakeSocket socket = fixture.connect("u");
    fixture.namespace.loseWakeUps(true);
    fixture.orders("u", "1");
    fixture.namespace.loseWakeUps(false);

    fixture.orders("u", "2");

    assertThat(orderIds(socket)).containsExactly("1", "2");
  }

  @Test
  void storeAway_atConnect_backlogFollowsOnceItIsBack() {
    fixture.orders("u", "1");
    fixture.inbox.away(true);
    FakeSocket socket = fixture.connect("u");
    fixture.sweepAfter(Duration.ofSeconds(1));
    assertThat(socket.sent()).isEmpty();

    fixture.inbox.away(false);
    fixture.sweepAfter(Duration.ofSeconds(1));

    assertThat(orderIds(socket)).containsExactly("1");
  }

  @Test
  void storeAway_whenProven_proofIsToldAgain() {
    FakeSocket socket = fixture.connect("u");
    fixture.orders("u", "1");
    fixture.inbox.away(true);
    socket.proveAll();
    fixture.inbox.away(false);
    assertThat(fixture.kept()).isEqualTo(1);

    fixture.sweepAfter(Duration.ofSeconds(1));

    assertThat(fixture.kept()).isZero();
  }

  @Test
  void twoDevices_oneProves_theOtherStillGetsEverything() {
    DeliveryFixture small = new DeliveryFixture(DeliveryFixture.settings(1, 1 << 20, 100));
    FakeSocket quick = small.connect("u");
    FakeSocket slow = small.connect("u");
    small.orders("u", "1", "2", "3");

    quick.proveAll();
    quick.proveAll();
    quick.proveAll();
    slow.proveAll();
    slow.proveAll();

    assertThat(orderIds(quick)).containsExactly("1", "2", "3");
    assertThat(orderIds(slow)).containsExactly("1", "2", "3");
  }

  @Test
  void provenByAnotherDevice_connectedLater_isNotOwed() {
    FakeSocket first = fixture.connect("u");
    fixture.connect("u");
    fixture.orders("u", "1", "2");
    first.prove(1);
    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(orderIds(fixture.connect("u"))).containsExactly("2");
  }

  @Test
  void evicted_offline_isToldBeforeTheBacklogAndOnlyUntilItIsProven() {
    fixture.orders("u", ids(0, 1_003));

    FakeSocket first = fixture.connect("u");
    FakeSocket.Sent told = first.sent().getFirst();
    assertThat(told.event()).isEqualTo(ClientEvents.INBOX_GAP);
    assertThat(told.payload()).contains("evicted=3", "reason=cap");
    assertThat(fixture.audit).isNotEmpty();
    first.prove(told.mark());
    first.breakOff();

    assertThat(fixture.connect("u").sent().getFirst().event()).isEqualTo("order:created");
  }

  @Test
  void evictedAheadOfTheCursor_isToldInItsPlace() {
    DeliveryFixture small = new DeliveryFixture(DeliveryFixture.settings(2, 1 << 20, 100));
    FakeSocket socket = small.connect("u");
    small.orders("u", ids(0, 1_005));
    assertThat(orderIds(socket)).containsExactly("0", "1");

    socket.proveAll();
    socket.proveAll();

    assertThat(socket.sent().get(2).event()).isEqualTo(ClientEvents.INBOX_GAP);
    assertThat(socket.sent().get(3).payload()).contains("\"orderId\":\"5\"");
  }

  @Test
  void otherUsers_stored_areNeverSent() {
    FakeSocket mine = fixture.connect("u");
    fixture.orders("v", "1");
    fixture.orders("u", "marker");
    fixture.sweepAfter(Duration.ofSeconds(30));

    assertThat(orderIds(mine)).containsExactly("marker");
  }

  @Test
  void broken_stored_isNotSentAndForgotten() {
    FakeSocket socket = fixture.connect("u");
    socket.breakOff();
    fixture.orders("u", "1");

    assertThat(socket.sent()).isEmpty();
    assertThat(fixture.delivery.outletCount()).isZero();
  }

  @Test
  void inBothRooms_orderStored_isSentOnceAndObserversGetACopyThatProvesNothing() {
    FakeSocket buyer = fixture.connect("u");
    buyer.join(Rooms.orders("u"));
    FakeSocket admin = fixture.connect("boss");
    admin.join(Rooms.orders("u"));

    fixture.orders("u", "1");
    admin.proveAll();

    assertThat(orderIds(buyer)).containsExactly("1");
    assertThat(orderIds(admin)).containsExactly("1");
    assertThat(admin.sent().getFirst().mark()).isZero();
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyFaults_thenHealed_everythingArrivesOnceStoredInOrderAndIsProven(long seed) {
    Random random = new Random(seed);
    DeliveryFixture f = new DeliveryFixture(DeliveryFixture.settings(5, 2_000, 3));
    List<PartitionKey> partitions =
        List.of(
            new PartitionKey("order.created", "a", 0), new PartitionKey("order.created", "a", 1));
    long[] offsets = new long[2];
    List<FakeSocket> all = new ArrayList<>();
    List<FakeSocket> open = new ArrayList<>();
    List<String> stored = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> {
          int p = random.nextInt(2);
          String id = p + "." + offsets[p];
          f.accept(
              partitions.get(p), offsets[p]++, "{\"orderId\":\"" + id + "\",\"buyerId\":\"u\"}");
          stored.add(id);
        }
        case 3 -> {
          if (open.size() < 2) {
            FakeSocket socket = f.connect("u");
            open.add(socket);
            all.add(socket);
          }
        }
        case 4 -> {
          if (!open.isEmpty() && random.nextInt(3) == 0) {
            open.remove(random.nextInt(open.size())).breakOff();
          }
        }
        case 5 -> f.namespace.loseWakeUps(random.nextInt(4) == 0);
        case 6 -> f.inbox.hold();
        case 7 -> {
          f.inbox.release();
          f.namespace.loop().turn();
        }
        default -> {
          if (!open.isEmpty()) {
            FakeSocket socket = open.get(random.nextInt(open.size()));
            socket.prove(random.nextInt(socket.sent().size() + 1));
          }
        }
      }
    }
    f.namespace.loseWakeUps(false);
    f.inbox.release();
    if (open.isEmpty()) {
      FakeSocket last = f.connect("u");
      open.add(last);
      all.add(last);
    }
    for (int i = 0; i < 400; i++) {
      f.sweepAfter(Duration.ofSeconds(30));
      open.forEach(FakeSocket::proveAll);
    }

    assertThat(all.stream().flatMap(s -> orderIds(s).stream()).distinct())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(stored);
    for (FakeSocket socket : all) {
      assertThat(orderIds(socket)).as("seed %d", seed).doesNotHaveDuplicates().isSubsetOf(stored);
      List<String> inOrder = new ArrayList<>(stored);
      inOrder.retainAll(orderIds(socket));
      assertThat(orderIds(socket)).as("seed %d", seed).isEqualTo(inOrder);
    }
    assertThat(f.kept()).as("seed %d", seed).isZero();
  }
}
