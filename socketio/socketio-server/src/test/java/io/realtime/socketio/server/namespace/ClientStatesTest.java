package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.testing.Outcomes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every state of a Socket.IO client with everything that can happen in it. {@code ClientStates.txt}
 * says what comes of each; a new state, packet or event has no line there and fails.
 */
class ClientStatesTest {
  private static final Outcomes EXPECTED = Outcomes.read("ClientStates.txt");

  @ParameterizedTest
  @EnumSource
  void situation_everyEvent_hasItsOutcome(ClientStage.Situation situation) {
    Map<String, String> actual = new LinkedHashMap<>();
    for (ClientStage.Event event : ClientStage.events()) {
      actual.put(event.name(), new ClientStage(situation).outcomeOf(event));
    }
    assertThat(EXPECTED.of(situation.name())).isEqualTo(Outcomes.lines(actual));
  }

  @Test
  void situations_all_areInTheTable() {
    assertThat(EXPECTED.names())
        .containsExactlyInAnyOrder(
            Arrays.stream(ClientStage.Situation.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void packets_all_areEvents() {
    assertThat(ClientStage.packets("/").stream().map(Object::getClass))
        .containsExactlyInAnyOrder(SocketPacket.class.getPermittedSubclasses());
  }
}
