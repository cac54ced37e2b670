package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random orders of emits from outside and on loops, cuts, unseen deaths and returns, with each loop
 * running when chance says so: a device that is recovered has every event that was for it, once and
 * in order.
 */
class RecoveryPropertyTest {
  private static final int LOOPS = 3;
  private static final int STEPS = 400;
  private static final Pattern NUMBERED = Pattern.compile("42\\[\"e\",(\\d+),.*");

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** One device, and what it has received since it last began anew. */
  private static final class Follower {
    private final RecoveryDevice device;
    private final List<Integer> got = new ArrayList<>();
    private boolean away;

    /** Whether it has had an event for its room, so it has all from then on. */
    private boolean inRoom;

    Follower(RecoveryDevice device) {
      this.device = device;
    }
  }

  private static int recoveries;
  private static int beginnings;

  private final List<Follower> followers = new ArrayList<>();
  private final Set<Integer> forTheRoom = new HashSet<>();
  private Random random = new Random(0);
  private int emitted;

  @AfterAll
  static void both_haveHappened() {
    assertThat(recoveries).isGreaterThan(1_000);
    assertThat(beginnings).isGreaterThan(1_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrder_recovered_hasAllOnceAndInOrder(int seed) {
    random = new Random(seed);
    Scene scene =
        Scene.settings()
            .loops(LOOPS)
            .heartbeat(Duration.ofSeconds(1_000), Duration.ofSeconds(1_000))
            .with(
                options ->
                    options.connectionStateRecovery(
                        ConnectionStateRecovery.inMemory().withBounds(60, 1 << 20, 10)))
            .scene();
    scene.core.of("/").onConnection(RecoveryPropertyTest::join);
    for (int loop = 0; loop < LOOPS; loop++) {
      scene.connectWebSocket(loop); // so that the room is on every loop before anyone counts on it
    }
    for (int i = 0; i < 4; i++) {
      followers.add(new Follower(new RecoveryDevice(scene, i % LOOPS)));
    }
    for (int step = 0; step < STEPS; step++) {
      step(scene);
    }
    for (Follower follower : followers) {
      if (follower.away) {
        comeBack(follower);
      }
    }
    scene.loops.run();
    followers.forEach(this::receive);
  }

  private static void join(Socket socket) {
    if (!socket.recovered()) {
      socket.join("all");
    }
  }

  private void step(Scene scene) {
    int dice = random.nextInt(100);
    Follower follower = followers.get(random.nextInt(followers.size()));
    if (dice < 30) {
      emit(scene);
    } else if (dice < 40) {
      int loop = random.nextInt(LOOPS);
      scene.loops.loop(loop).execute(() -> emit(scene));
    } else if (dice < 70) {
      scene.loops.loop(random.nextInt(LOOPS)).drain();
    } else if (dice < 85) {
      receive(follower);
    } else if (dice < 93) {
      if (follower.away) {
        comeBack(follower);
      } else {
        follower.away = true;
        if (random.nextBoolean()) {
          follower.device.cut();
        } else {
          follower.device.vanish();
        }
      }
    } else {
      scene.loops.run();
    }
  }

  private void comeBack(Follower follower) {
    follower.away = false;
    follower.device.comeBack(random.nextInt(LOOPS));
  }

  private void emit(Scene scene) {
    int number = emitted++;
    if (random.nextInt(3) == 0) {
      forTheRoom.add(number);
      scene.core.of("/").to("all").emit("e", number);
    } else {
      scene.core.of("/").emit("e", number);
    }
  }

  private void receive(Follower follower) {
    if (follower.away) {
      return;
    }
    List<Integer> early = new ArrayList<>();
    for (String packet : follower.device.receive()) {
      Matcher event = NUMBERED.matcher(packet);
      if (event.matches()) {
        early.add(Integer.valueOf(event.group(1)));
      } else if (packet.startsWith("40")) {
        if (follower.device.recovered()) {
          recoveries++;
        } else {
          beginnings++;
          follower.got.clear();
          follower.inRoom = false;
        }
      }
    }
    for (Integer number : early) {
      follower.inRoom |= forTheRoom.contains(number);
      if (follower.inRoom) {
        follower.got.add(number);
      }
    }
    for (int i = 1; i < follower.got.size(); i++) {
      assertThat(follower.got.get(i))
          .as("behind %s in %s", follower.got.get(i - 1), follower.got)
          .isEqualTo(follower.got.get(i - 1) + 1);
    }
  }
}
