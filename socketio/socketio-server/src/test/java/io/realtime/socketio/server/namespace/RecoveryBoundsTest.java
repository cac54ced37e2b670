package io.realtime.socketio.server.namespace;

import static io.realtime.socketio.server.namespace.RecoveryDevice.connected;
import static io.realtime.socketio.server.namespace.RecoveryDevice.emit;
import static io.realtime.socketio.server.namespace.RecoveryDevice.knowing;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.ConnectionStateRecovery.InMemory;
import io.realtime.socketio.server.api.RecoveryBound;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound of recovery in memory, and one past it. */
class RecoveryBoundsTest {
  private static final Duration LONG = Duration.ofSeconds(1_000);

  private static Scene scene(UnaryOperator<InMemory> change) {
    return Scene.settings()
        .loops(2)
        .heartbeat(LONG, LONG)
        .with(
            options ->
                options.connectionStateRecovery(change.apply(ConnectionStateRecovery.inMemory())))
        .scene();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void away_asLongAsASessionWaits_andAMomentLonger(int millisMore) {
    Scene scene = scene(it -> it.withMaxDisconnectionDuration(Duration.ofSeconds(5)));
    RecoveryDevice device = knowing(scene);
    device.cut();
    scene.loops.run();
    emit(scene, "missed");
    scene.loops.advance(Duration.ofMillis(5_000L + millisMore));
    device.comeBack(0);
    scene.loops.run();

    device.receive();
    assertThat(device.recovered()).isEqualTo(millisMore == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void missed_asManyAsTheLogHolds_andOneMore(int missed) {
    Scene scene = scene(it -> it.withBounds(3, 1 << 20, 10));
    RecoveryDevice device = knowing(scene);
    device.cut();
    scene.loops.run();
    for (int i = 0; i < missed; i++) {
      emit(scene, "missed");
    }
    device.comeBack(0);
    scene.loops.run();

    assertThat(device.receive()).hasSize(missed == 3 ? 4 : 1);
    assertThat(device.recovered()).isEqualTo(missed == 3);
    assertThat(scene.core.stats().recovery().forgotten())
        .containsEntry(RecoveryBound.LOG_EVENTS, missed == 3 ? 1L : 2L);
  }

  @Test
  void waitingSessions_pastTheBound_theLongestWaitingIsGone() {
    Scene scene = scene(it -> it.withBounds(100, 1 << 20, 1));
    RecoveryDevice first = connected(scene);
    RecoveryDevice second = connected(scene);
    emit(scene, "e");
    first.receive();
    second.receive();
    first.cut();
    scene.loops.run();
    second.cut();
    scene.loops.run();

    first.comeBack(0);
    second.comeBack(0);
    scene.loops.run();

    first.receive();
    second.receive();
    assertThat(first.recovered()).isFalse();
    assertThat(second.recovered()).isTrue();
  }
}
