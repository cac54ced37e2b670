package io.realtime.notify.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.realtime.notify.core.fakes.FakeSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As many connections as one user may have, and one more (abuse C3). */
class ConnectionLimitTest {
  private static final int LIMIT = 3;

  private final DeliveryFixture fixture =
      new DeliveryFixture(DeliverySettings.defaults().withMaxConnectionsPerUser(LIMIT));

  private static Visitor visitor(String userId, Optional<String> pid) {
    return new Visitor(userId, pid, Optional.empty(), true);
  }

  private FakeSocket connect() {
    return fixture.connect(visitor("u", Optional.empty()));
  }

  private List<FakeSocket> fill() {
    return new ArrayList<>(IntStream.range(0, LIMIT).mapToObj(i -> connect()).toList());
  }

  private Optional<String> pid(FakeSocket socket) {
    return fixture.beginning(socket).visit().pid();
  }

  private void assertRefused(Visitor visitor) {
    Throwable failure =
        catchThrowable(
            () -> fixture.delivery.arrive(visitor).decided().toCompletableFuture().join());
    assertThat(failure)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TooManyConnectionsException.class);
  }

  @Test
  void connections_asManyAsAllowed_areLetIn_andOneMoreIsRefusedAndCounted() {
    List<FakeSocket> all = fill();

    assertRefused(visitor("u", Optional.empty()));

    assertThat(all).allMatch(FakeSocket::connected);
    assertThat(
            fixture
                .registry
                .counter("realtime.connections.refused", "reason", "too_many_connections")
                .count())
        .isEqualTo(1);
    assertThat(fixture.connect("another").connected()).isTrue();
  }

  @Test
  void full_oneBreaksOff_givesItsPlaceBackOnce() {
    FakeSocket first = fill().getFirst();

    first.breakOff();

    assertThat(connect().connected()).isTrue();
    assertRefused(visitor("u", Optional.empty()));
  }

  @Test
  void full_visitAbandonedBeforeItIsDecided_givesItsPlaceBackOnce() {
    fill().getFirst().breakOff();
    fixture.inbox.holdWelcomes();
    Visit undecided = fixture.delivery.arrive(visitor("u", Optional.empty()));
    assertRefused(visitor("u", Optional.empty()));

    undecided.abandon();
    undecided.abandon();

    Visit next = fixture.delivery.arrive(visitor("u", Optional.empty()));
    fixture.inbox.release();
    assertThat(next.decided().toCompletableFuture()).isCompleted();
    assertRefused(visitor("u", Optional.empty()));
  }

  @Test
  void full_clientTakesItsOwnSessionOver_isLetInAgainAndAgain() {
    FakeSocket halfOpen = fill().getFirst();
    for (int i = 0; i < 5; i++) {
      FakeSocket back =
          fixture.connect(
              new Visitor("u", pid(halfOpen), fixture.beginning(halfOpen).start(), true));

      assertThat(halfOpen.connected()).isFalse();
      assertThat(fixture.beginning(back).recovered()).isTrue();
      halfOpen = back;
    }
    assertRefused(visitor("u", Optional.empty()));
  }

  @Test
  void full_sessionOfTheDead_isRefused_andNothingIsEnded() {
    List<FakeSocket> all = fill();
    Optional<String> dead = pid(all.removeFirst());
    fixture.namespace.breakAll();
    fill();

    assertRefused(visitor("u", dead));

    assertThat(fixture.delivery.outletCount()).isEqualTo(LIMIT);
  }

  @Test
  void full_pidOfAnotherUser_isNoPlace() {
    fill();
    FakeSocket other = fixture.connect(visitor("another", Optional.empty()));

    assertRefused(visitor("u", pid(other)));

    assertThat(other.connected()).isTrue();
  }

  @Test
  void takenOver_everyoneGone_leavesNoPlaceBehind() {
    for (int round = 0; round < 3; round++) {
      List<FakeSocket> all = fill();
      fixture.connect(visitor("u", pid(all.getFirst())));
      fixture.namespace.breakAll();
    }
    assertThat(fill()).hasSize(LIMIT).allMatch(FakeSocket::connected);
  }
}
