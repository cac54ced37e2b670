package io.realtime.socketio.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.RecoveryBound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** At most three, for 100 ns. */
class WaitingSessionsTest {
  private final List<RecoveryBound> forgotten = new ArrayList<>();
  private final WaitingSessions sessions = new WaitingSessions(3, 100, forgotten::add);

  private static WaitingSession session(String pid, long ended) {
    return new WaitingSession(
        "id-" + pid, pid, "ann", new Stays("id-" + pid, 0), new ConcurrentHashMap<>(), ended);
  }

  private void add(String pid, long ended) {
    sessions.add(session(pid, ended), ended);
  }

  @Test
  void waiting_claimed_isGivenOnce() {
    add("p", 0);

    assertThat(sessions.claim("p", "ann", 1)).map(WaitingSession::id).contains("id-p");
    assertThat(sessions.claim("p", "ann", 1)).isEmpty();
    assertThat(sessions.size()).isZero();
  }

  @Test
  void waiting_claimedByAnother_staysForItsOwner() {
    add("p", 0);

    assertThat(sessions.claim("p", "bob", 1)).isEmpty();
    assertThat(sessions.claim("p", "ann", 1)).isPresent();
  }

  @Test
  void neverSeen_claimed_isNothing() {
    assertThat(sessions.claim("p", "ann", 0)).isEmpty();
  }

  @Test
  void ageAtTheBound_isGiven_oneMoreIsForgotten() {
    add("p", 0);
    add("q", 0);

    assertThat(sessions.claim("p", "ann", 100)).isPresent();
    assertThat(sessions.claim("q", "ann", 101)).isEmpty();
    assertThat(forgotten).containsExactly(RecoveryBound.SESSION_AGE);
  }

  @Test
  void sweep_forgetsWhatIsTooOldOnly() {
    add("p", 0);
    add("q", 50);

    sweepAt(100);
    assertThat(sessions.size()).isEqualTo(2);
    sweepAt(101);
    assertThat(sessions.size()).isEqualTo(1);
    sweepAt(151);
    assertThat(sessions.size()).isZero();
  }

  private void sweepAt(long now) {
    sessions.sweep(now);
  }

  @Test
  void sessionsAtTheBound_wait_oneMoreForgetsTheOneThatWaitedLongest() {
    add("p", 0);
    add("q", 1);
    add("r", 2);
    assertThat(forgotten).isEmpty();

    add("s", 3);

    assertThat(forgotten).containsExactly(RecoveryBound.SESSIONS);
    assertThat(sessions.claim("p", "ann", 4)).isEmpty();
    assertThat(sessions.claim("s", "ann", 4)).isPresent();
  }

  @Test
  void claimed_givenBack_waitsForItsFirstDeadline() {
    add("p", 0);
    WaitingSession claimed = sessions.claim("p", "ann", 60).orElseThrow();

    sessions.add(claimed, 60);

    assertThat(sessions.claim("p", "ann", 101)).isEmpty();
  }
}
