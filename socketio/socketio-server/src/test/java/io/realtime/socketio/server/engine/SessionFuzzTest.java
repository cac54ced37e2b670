package io.realtime.socketio.server.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sequence of what clients, the application and time can do to sessions. */
class SessionFuzzTest {
  private static final int ROUNDS = 150;
  private static final int LONGEST = 120;

  @FuzzTest
  void session(byte[] input) {
    new SessionDrive(input).run();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void session_random_keepsItsInvariants(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = new byte[random.nextInt(LONGEST)];
      random.nextBytes(input);
      new SessionDrive(input).run();
    }
  }
}
