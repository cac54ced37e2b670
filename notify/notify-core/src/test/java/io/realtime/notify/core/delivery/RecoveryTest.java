package io.realtime.notify.core.delivery;

import static io.realtime.notify.core.delivery.DeliveryFixture.ids;
import static io.realtime.notify.core.delivery.DeliveryFixture.orderIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.delivery.DeliveryFixture.Beginning;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.SessionNote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client that comes back x what became of its inbox meanwhile (delivery.md 2.7). */
class RecoveryTest {
  private final DeliveryFixture fixture = new DeliveryFixture();

  /** Somebody who can be recovered, for the first time. */
  private FakeSocket connect() {
    return fixture.connect(new Visitor("u", Optional.empty(), Optional.empty(), true));
  }

  /** Its library had got this many of the events that it was sent. */
  private FakeSocket comeBack(FakeSocket before, int received) {
    return fixture.connect(returning(before, received));
  }

  private Visitor returning(FakeSocket before, int received) {
    Beginning beginning = fixture.beginning(before);
    return new Visitor("u", beginning.visit().pid(), fixture.position(before, received), true);
  }

  private boolean recovered(FakeSocket socket) {
    return fixture.beginning(socket).recovered();
  }

  @Test
  void firstTime_withoutEvents_startsBeforeTheFirst() {
    assertThat(fixture.beginning(connect()).start().orElseThrow().seq()).isZero();
  }

  @Test
  void broken_backWithItsPosition_goesOnWithWhatItMissed() {
    FakeSocket first = connect();
    fixture.orders("u", "1", "2");
    first.breakOff();
    fixture.orders("u", "3");

    FakeSocket second = comeBack(first, 1);
    fixture.orders("u", "4");

    assertThat(recovered(second)).isTrue();
    assertThat(orderIds(second)).containsExactly("2", "3", "4");
    assertThat(fixture.beginning(second).start().orElseThrow().seq()).isEqualTo(3);
    assertThat(fixture.beginning(second).visit().pid())
        .isEqualTo(fixture.beginning(first).visit().pid());
  }

  @Test
  void returnedPosition_chains_provesWhatStandsBeforeIt() {
    FakeSocket first = connect();
    fixture.orders("u", "1", "2", "3");
    first.breakOff();

    comeBack(first, 2);

    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void missed_sentAtOnce_isProvenByItsMarks() {
    FakeSocket first = connect();
    fixture.orders("u", "1", "2");
    first.breakOff();
    FakeSocket second = comeBack(first, 0);

    assertThat(second.sent()).extracting(FakeSocket.Sent::mark).containsExactly(1L, 2L);
    second.proveAll();

    assertThat(fixture.kept()).isZero();
  }

  @Test
  void missed100_areRecovered_and101AreReplayed() {
    for (int missed : new int[] {100, 101}) {
      DeliveryFixture f = new DeliveryFixture();
      FakeSocket first = f.connect(new Visitor("u", Optional.empty(), Optional.empty(), true));
      Beginning begun = f.beginning(first);
      first.breakOff();
      f.orders("u", ids(0, missed));

      FakeSocket second = f.connect(new Visitor("u", begun.visit().pid(), begun.start(), true));

      assertThat(f.beginning(second).recovered()).isEqualTo(missed == 100);
      assertThat(orderIds(second)).containsExactly(ids(0, missed));
    }
  }

  @Test
  void missed_moreBytesThanAConnectionHolds_isReplayedInPieces() {
    DeliveryFixture f = new DeliveryFixture(DeliveryFixture.settings(500, 1_000, 100));
    FakeSocket first = f.connect(new Visitor("u", Optional.empty(), Optional.empty(), true));
    Beginning begun = f.beginning(first);
    first.breakOff();
    f.orders("u", ids(0, 50));

    FakeSocket second = f.connect(new Visitor("u", begun.visit().pid(), begun.start(), true));
    assertThat(f.beginning(second).recovered()).isFalse();
    for (int i = 0; i < 50; i++) {
      second.proveAll();
    }

    assertThat(orderIds(second)).containsExactly(ids(0, 50));
  }

  @Test
  void away180Seconds_afterTheLastSignOfLife_isNotRecovered() {
    FakeSocket first = connect();
    fixture.clock.advance(Duration.ofSeconds(100));
    first.live();
    first.breakOff();
    fixture.clock.advance(Duration.ofMinutes(3).minusMillis(1));
    FakeSocket second = comeBack(first, 0);
    second.breakOff();
    fixture.clock.advance(Duration.ofMinutes(3));

    assertThat(recovered(second)).isTrue();
    assertThat(recovered(comeBack(second, 0))).isFalse();
  }

  @Test
  void saidGoodbye_cameBack_isNotRecoveredAndItsPositionStillProves() {
    FakeSocket first = connect();
    fixture.orders("u", "1", "2");
    first.sayGoodbye();

    FakeSocket second = comeBack(first, 1);

    assertThat(recovered(second)).isFalse();
    assertThat(orderIds(second)).containsExactly("2");
  }

  @Test
  void oldConnectionStillStands_isEndedFirst_andItsEndIsNoDeparture() {
    FakeSocket first = connect();
    fixture.orders("u", "1");

    FakeSocket second = comeBack(first, 1);
    fixture.clock.advance(Duration.ofMinutes(10));
    second.live();
    second.breakOff();

    assertThat(first.connected()).isFalse();
    assertThat(recovered(second)).isTrue();
    assertThat(recovered(comeBack(second, 0))).isTrue();
  }

  @Test
  void undecidedOrUnattached_cameBackAgain_waitsForTheEndOfTheFirst() {
    FakeSocket first = connect();
    first.breakOff();
    Visitor again = returning(first, 0);
    Visit second = fixture.delivery.arrive(again);

    Visit third = fixture.delivery.arrive(again);
    assertThat(third.decided().toCompletableFuture()).isNotDone();
    second.abandon();

    assertThat(third.decided().toCompletableFuture()).isDone();
    assertThat(third.recovered()).isPresent();
  }

  @Test
  void undecided_cameBackAgain_theEndOfTheFirstIsNoDeparture() {
    FakeSocket laptop = connect();
    FakeSocket phone = connect();
    phone.breakOff();
    Visitor again = returning(phone, 0);
    fixture.inbox.holdWelcomes();
    Visit given = fixture.delivery.arrive(again);
    given.abandon();
    Visit back = fixture.delivery.arrive(again);
    fixture.inbox.release();
    assertThat(back.recovered()).isPresent();
    FakeSocket socket = fixture.attach(back);

    fixture.sweepAfter(Duration.ofMinutes(10));
    fixture.orders("u", "1");
    laptop.proveAll();
    fixture.sweepAfter(Duration.ofSeconds(10));

    assertThat(socket.connected()).isTrue();
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void pidOfAnotherUser_isNeitherRecoveredNorEndsThatConnection() {
    FakeSocket first = connect();
    Visitor thief =
        new Visitor(
            "v", fixture.beginning(first).visit().pid(), fixture.beginning(first).start(), true);

    FakeSocket second = fixture.connect(thief);

    assertThat(recovered(second)).isFalse();
    assertThat(first.connected()).isTrue();
  }

  @Test
  void noted_holdsSubscriptionsThatAreNotKept_isNotRecovered() {
    FakeSocket first = connect();
    fixture.beginning(first).visit().remember(new SessionNote(false, List.of()));
    first.breakOff();

    assertThat(recovered(comeBack(first, 0))).isFalse();
  }

  @Test
  void noted_storeAway_isToldAgain() {
    FakeSocket first = connect();
    fixture.inbox.away(true);
    fixture.beginning(first).visit().remember(new SessionNote(false, List.of()));
    fixture.inbox.away(false);
    fixture.sweepAfter(Duration.ofSeconds(1));
    first.breakOff();

    assertThat(recovered(comeBack(first, 0))).isFalse();
  }

  @Test
  void storeAway_atConnect_hasNoPidAndTheBacklogFollows() {
    fixture.orders("u", "1");
    fixture.inbox.away(true);
    FakeSocket socket = connect();
    assertThat(fixture.beginning(socket).visit().pid()).isEmpty();
    assertThat(fixture.beginning(socket).start()).isEmpty();

    fixture.inbox.away(false);
    fixture.sweepAfter(Duration.ofSeconds(1));

    assertThat(orderIds(socket)).containsExactly("1");
  }

  @Test
  void storeAway_atReturn_whatOthersProveMeanwhileIsKeptForIt() {
    FakeSocket laptop = connect();
    FakeSocket phone = connect();
    phone.breakOff();
    fixture.orders("u", "1");
    fixture.inbox.away(true);
    FakeSocket back = comeBack(phone, 0);
    fixture.inbox.away(false);
    fixture.sweepAfter(Duration.ofMillis(500));

    laptop.proveAll();
    fixture.sweepAfter(Duration.ofSeconds(1));

    assertThat(orderIds(back)).containsExactly("1");
  }

  @Test
  void storeAway_goneAgainBeforeItIsBack_nothingIsKeptForItIn180Seconds() {
    FakeSocket laptop = connect();
    FakeSocket phone = connect();
    phone.breakOff();
    fixture.inbox.away(true);
    comeBack(phone, 0).breakOff();
    fixture.inbox.away(false);
    fixture.sweepAfter(Duration.ofSeconds(181));

    fixture.orders("u", "1");
    laptop.proveAll();

    assertThat(fixture.kept()).isZero();
  }

  @Test
  void goneWhileItsLateConnectIsAnswered_whatOthersProveIsKeptForItsReturn() {
    FakeSocket laptop = connect();
    FakeSocket phone = connect();
    phone.breakOff();
    fixture.orders("u", "1");
    fixture.inbox.away(true);
    FakeSocket back = comeBack(phone, 0);
    fixture.inbox.away(false);
    fixture.inbox.holdWelcomes();
    fixture.sweepAfter(Duration.ofSeconds(1));
    back.breakOff();
    fixture.inbox.release();

    laptop.proveAll();

    assertThat(orderIds(comeBack(phone, 0))).containsExactly("1");
  }

  @Test
  void storedBetweenDecisionAndRoom_isSent() {
    Visit visit =
        fixture.delivery.arrive(new Visitor("u", Optional.empty(), Optional.empty(), true));
    fixture.orders("u", "1");

    FakeSocket socket = fixture.namespace.connect("user:u");
    fixture.namespace.loop().execute(() -> fixture.delivery.attach(socket, visit));
    fixture.namespace.loop().turn();

    assertThat(orderIds(socket)).containsExactly("1");
  }

  @Test
  void provenByAnotherDevice_withinTheBreak_isStillSentToTheOneThatMissedIt() {
    FakeSocket laptop = connect();
    FakeSocket phone = connect();
    phone.breakOff();
    fixture.orders("u", "1", "2");
    laptop.proveAll();
    fixture.clock.advance(Duration.ofMinutes(2));

    FakeSocket back = comeBack(phone, 0);

    assertThat(recovered(back)).isTrue();
    assertThat(orderIds(back)).containsExactly("1", "2");
  }

  @Test
  void positionAlone_withoutPid_isOwedWhatStandsBehindIt() {
    FakeSocket first = fixture.connect("u");
    fixture.orders("u", "1", "2");
    Optional<Position> position = fixture.position(first, 1);
    first.breakOff();

    FakeSocket second = fixture.connect(new Visitor("u", Optional.empty(), position, false));

    assertThat(orderIds(second)).containsExactly("2");
    fixture.sweepAfter(Duration.ofMinutes(4));
    assertThat(fixture.kept()).isEqualTo(1);
  }

  @Test
  void position_ofAnotherHistory_provesNothing() {
    fixture.orders("u", "1", "2");

    FakeSocket socket =
        fixture.connect(
            new Visitor("u", Optional.empty(), Optional.of(new Position(1, 42)), false));

    assertThat(orderIds(socket)).containsExactly("1", "2");
  }
}
