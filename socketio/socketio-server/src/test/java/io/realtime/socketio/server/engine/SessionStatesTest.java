package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.testing.Outcomes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every state of a session with everything that can happen in it. {@code SessionStates.txt} says
 * what comes of each; a new state, packet or event has no line there and fails.
 */
class SessionStatesTest {
  private static final Outcomes EXPECTED = Outcomes.read("SessionStates.txt");

  @ParameterizedTest
  @EnumSource
  void situation_everyEvent_hasItsOutcome(SessionStage.Situation situation) {
    Map<String, String> actual = new LinkedHashMap<>();
    for (SessionEvent event : SessionEvent.all()) {
      SessionStage stage = new SessionStage(situation);
      actual.put(event.name(), stage.outcomeOf(event));
    }
    assertThat(EXPECTED.of(situation.name())).isEqualTo(Outcomes.lines(actual));
  }

  @Test
  void states_all_haveASituation() {
    Set<SessionState> reached =
        Arrays.stream(SessionStage.Situation.values())
            .map(situation -> new SessionStage(situation).session().state())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(SessionState.class)));
    assertThat(reached).isEqualTo(EnumSet.allOf(SessionState.class));
    assertThat(EXPECTED.names())
        .containsExactlyInAnyOrder(
            Arrays.stream(SessionStage.Situation.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void packets_all_areEvents() {
    assertThat(SessionEvent.packets().stream().map(Object::getClass))
        .containsExactlyInAnyOrder(EnginePacket.class.getPermittedSubclasses());
  }
}
