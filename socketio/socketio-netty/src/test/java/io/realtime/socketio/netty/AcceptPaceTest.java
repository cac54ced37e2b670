package io.realtime.socketio.netty;

import static io.realtime.socketio.netty.AcceptPace.CONNECTIONS_OF_A_TURN;
import static io.realtime.socketio.netty.AcceptPace.MAX_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.realtime.socketio.server.transport.Loop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {
  private final OneLoop loop = new OneLoop();
  private final AcceptPace pace = new AcceptPace(any -> loop);
  private final EmbeddedChannel acceptor = new EmbeddedChannel(pace);
  private int accepted;

  private void accept(int connections) {
    for (int i = 0; i < connections; i++) {
      acceptor.writeInbound(accepted++);
    }
  }

  private List<Integer> handedOn() {
    List<Integer> all = new ArrayList<>();
    for (Integer one = acceptor.readInbound(); one != null; one = acceptor.readInbound()) {
      all.add(one);
    }
    return all;
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add(i);
    }
    return all;
  }

  @Test
  void asManyAsATurnMaySetUp_accepted_areHandedOnAtOnce() {
    accept(CONNECTIONS_OF_A_TURN);

    assertThat(handedOn()).isEqualTo(range(0, CONNECTIONS_OF_A_TURN));
    assertThat(loop.tasks).isEmpty();
  }

  @Test
  void oneMoreThanATurnMaySetUp_accepted_waitsForTheNext() {
    accept(CONNECTIONS_OF_A_TURN + 1);
    assertThat(handedOn()).hasSize(CONNECTIONS_OF_A_TURN);

    loop.turn();

    assertThat(handedOn()).containsExactly(CONNECTIONS_OF_A_TURN);
    assertThat(loop.tasks).isEmpty();
    assertThat(pace.waitingCount()).isZero();
  }

  @Test
  void crowd_accepted_isHandedOnInOrderSoManyInEachTurn() {
    accept(3 * CONNECTIONS_OF_A_TURN);
    List<Integer> all = new ArrayList<>(handedOn());

    loop.turn();
    accept(1); // behind those that wait
    all.addAll(handedOn());
    assertThat(all).hasSize(2 * CONNECTIONS_OF_A_TURN);
    loop.turn();
    loop.turn();
    all.addAll(handedOn());

    assertThat(all).isEqualTo(range(0, 3 * CONNECTIONS_OF_A_TURN + 1));
    assertThat(loop.tasks).isEmpty();
  }

  @Test
  void asManyAsMayWait_accepted_wait() {
    accept(CONNECTIONS_OF_A_TURN + MAX_WAITING);

    assertThat(handedOn()).hasSize(CONNECTIONS_OF_A_TURN);
    assertThat(pace.waitingCount()).isEqualTo(MAX_WAITING);
  }

  @Test
  void oneMoreThanMayWait_accepted_hasTheOldestHandedOn() {
    accept(CONNECTIONS_OF_A_TURN + MAX_WAITING + 1);

    assertThat(handedOn()).isEqualTo(range(0, CONNECTIONS_OF_A_TURN + 1));
    assertThat(pace.waitingCount()).isEqualTo(MAX_WAITING);
  }

  @Test
  void listener_closedWhileSomeWait_handsThemOnFirst() {
    accept(3 * CONNECTIONS_OF_A_TURN);

    acceptor.close().syncUninterruptibly();

    assertThat(handedOn()).isEqualTo(range(0, 3 * CONNECTIONS_OF_A_TURN));
    assertThat(pace.waitingCount()).isZero();
  }

  @Test
  void acceptor_goneWhileSomeWait_closesThem() {
    accept(CONNECTIONS_OF_A_TURN);
    EmbeddedChannel late = new EmbeddedChannel();
    acceptor.writeInbound(late);

    acceptor.pipeline().remove(AcceptPace.class);

    assertThat(late.isOpen()).isFalse();
    assertThat(pace.waitingCount()).isZero();
  }

  /** A loop whose turns the test makes. */
  private static final class OneLoop implements Loop {
    private List<Runnable> tasks = new ArrayList<>();
    private long turns;

    void turn() {
      turns++;
      List<Runnable> now = tasks;
      tasks = new ArrayList<>();
      now.forEach(Runnable::run);
    }

    @Override
    public int index() {
      return 0;
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void nextTurn(Runnable task) {
      tasks.add(task);
    }

    @Override
    public long turns() {
      return turns;
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
