package io.realtime.socketio.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaysTest {
  private final Stays stays = new Stays("me", 10);

  private boolean owed(long number, String room, String... except) {
    return stays.include(number, List.of(room), List.of(except));
  }

  @Test
  void eventForEveryoneOrForItsId_isOwed() {
    assertThat(stays.include(11, List.of(), List.of())).isTrue();
    assertThat(owed(11, "me")).isTrue();
    assertThat(owed(11, "other")).isFalse();
    assertThat(stays.include(11, List.of(), List.of("me"))).isFalse();
  }

  @Test
  void roomJoinedAndLeft_isOwedForTheTimeBetween() {
    stays.onJoin("a", 12);
    stays.onLeave("a", 15);

    assertThat(owed(12, "a")).isFalse();
    assertThat(owed(13, "a")).isTrue();
    assertThat(owed(15, "a")).isTrue();
    assertThat(owed(16, "a")).isFalse();
  }

  @Test
  void excludedRoom_countsForTheTimeOfTheStay() {
    stays.onJoin("muted", 12);
    stays.onLeave("muted", 15);

    assertThat(owed(12, "me", "muted")).isTrue();
    assertThat(owed(13, "me", "muted")).isFalse();
    assertThat(owed(16, "me", "muted")).isTrue();
  }

  @Test
  void joinedTwiceAndLeftTwice_countsOnce() {
    stays.onJoin("a", 12);
    stays.onJoin("a", 14);
    stays.onLeave("a", 15);
    stays.onLeave("a", 17);

    assertThat(owed(13, "a")).isTrue();
    assertThat(owed(16, "a")).isFalse();
    assertThat(stays.openRooms()).isEmpty();
  }

  @Test
  void endedStaysAtTheBound_areAllKnown_oneMoreMovesWhatIsKnown() {
    stays.onJoin("home", 10);
    for (int i = 0; i < Stays.MAX_ENDED; i++) {
      stays.onJoin("r" + i, 10);
      stays.onLeave("r" + i, 20 + i);
    }
    assertThat(stays.knownSince()).isEqualTo(10);
    assertThat(owed(20, "r0")).isTrue();

    stays.onJoin("last", 10);
    stays.onLeave("last", 90);

    assertThat(stays.knownSince()).isEqualTo(20);
    assertThat(owed(20, "r0")).isFalse();
    assertThat(owed(21, "r1")).isTrue();
    assertThat(stays.openRooms()).containsExactly("home");
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void randomJoinsAndLeaves_behindWhatIsKnown_isOwedExactlyWhatTheModelSays(long seed) {
    Random random = new Random(seed);
    Stays real = new Stays("me", 0);
    List<Set<String>> inAt = new ArrayList<>();
    inAt.add(Set.of());
    Set<String> in = new HashSet<>();
    for (int number = 1; number <= 400; number++) {
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        String room = "r" + random.nextInt(6);
        if (random.nextBoolean()) {
          real.onJoin(room, number - 1);
          in.add(room);
        } else {
          real.onLeave(room, number - 1);
          in.remove(room);
        }
      }
      inAt.add(Set.copyOf(in));
    }
    assertThat(real.openRooms()).containsExactlyInAnyOrderElementsOf(in);
    for (long number = real.knownSince() + 1; number <= 400; number++) {
      String room = "r" + random.nextInt(6);
      String except = "r" + random.nextInt(6);
      Set<String> then = inAt.get((int) number);
      assertThat(real.include(number, List.of(room), List.of(except)))
          .as("seed %d, event %d", seed, number)
          .isEqualTo(then.contains(room) && !then.contains(except));
    }
  }
}
