package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsweringHeartbeatTest {
  private final AnsweringHeartbeat heartbeat = new AnsweringHeartbeat(300, 200, 1_000);

  @Test
  void noPing_intervalAndTimeoutOver_isDead() {
    assertThat(heartbeat.deadline()).isEqualTo(1_500);
    assertThat(heartbeat.check(1_499)).isTrue();
    assertThat(heartbeat.check(1_500)).isFalse();
  }

  @Test
  void ping_moves_theDeadlineAndIsToBeAnsweredOnce() {
    assertThat(heartbeat.isDue()).isFalse();
    assertThat(heartbeat.onBeat(1_400)).isTrue();
    assertThat(heartbeat.onBeat(1_410)).isTrue();

    assertThat(heartbeat.deadline()).isEqualTo(1_910);
    assertThat(heartbeat.isDue()).isTrue();
    heartbeat.onWritten(1_420);

    assertThat(heartbeat.isDue()).isFalse();
    assertThat(heartbeat.deadline()).isEqualTo(1_910);
  }

  @Test
  void mark_neverAsksByItself() {
    assertThat(heartbeat.mayAsk()).isFalse();
  }

  @Test
  void loopStoodStill_pingMayBeReadYet_hasAQuarterOfTheTimeoutOnce() {
    assertThat(heartbeat.check(1_549)).as("late by less than a stall").isFalse();
    assertThat(heartbeat.check(1_550)).isTrue();
    assertThat(heartbeat.deadline()).isEqualTo(1_600);
    assertThat(heartbeat.check(1_650)).as("the second time").isFalse();

    heartbeat.onBeat(1_580);

    assertThat(heartbeat.check(2_130)).as("a ping makes good for it").isTrue();
  }
}
