package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.FakeLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What other threads have sent to many connections, each by a step of its own. */
class FlushQueueTest {
  private final FakeLoops loops = new FakeLoops(1);
  private final HomeLoop home = new HomeLoop(loops.loop(0));
  private final List<Sender> senders =
      IntStream.range(0, 2 * FlushQueue.WARM).mapToObj(any -> new Sender()).toList();

  /** What was written and flushed, in order. */
  private final List<String> seen = new ArrayList<>();

  /** A connection, as the engine has it. */
  private final class Sender implements Flushable {
    private boolean dirty;
    private int flushedIn;
    private int flushes;

    void write() {
      seen.add("write");
      if (!dirty) {
        dirty = true;
        home.flushLater(this, flushedIn);
      }
    }

    @Override
    public void flushTurn() {
      dirty = false;
      flushedIn = home.flushRound();
      flushes++;
      seen.add("flush");
    }
  }

  private void steps(int from, int to) {
    senders.subList(from, to).forEach(sender -> home.step(sender::write));
  }

  private int flushes() {
    return senders.stream().mapToInt(sender -> sender.flushes).sum();
  }

  private long writesBeforeTheFirstFlush() {
    return seen.stream().takeWhile("write"::equals).count();
  }

  @Test
  void stepsForOneEach_ofManyConnections_areFlushedWhileWarm() {
    steps(0, FlushQueue.WARM + 1);
    loops.run();

    assertThat(writesBeforeTheFirstFlush()).isEqualTo(FlushQueue.WARM);
    assertThat(flushes()).isEqualTo(FlushQueue.WARM + 1);
  }

  @Test
  void stepsForOneEach_ofFewConnections_areFlushedAtTheEnd() {
    steps(0, FlushQueue.WARM - 1);
    steps(0, FlushQueue.WARM - 1);
    loops.run();

    assertThat(writesBeforeTheFirstFlush()).isEqualTo(2 * (FlushQueue.WARM - 1));
    assertThat(flushes()).isEqualTo(FlushQueue.WARM - 1);
  }

  @Test
  void stepForMany_beforeAnotherForTheSame_isFlushedOnceWithIt() {
    Runnable toAll = () -> senders.forEach(Sender::write);
    home.step(toAll);
    home.step(toAll);
    loops.run();

    assertThat(flushes()).isEqualTo(senders.size());
  }

  @Test
  void connectionsWithMoreToSay_upToTheBound_areFlushedInHasteAgain() {
    steps(0, FlushQueue.WARM);
    steps(0, FlushQueue.WARM - 1);
    loops.run();
    assertThat(flushes()).isEqualTo(2 * FlushQueue.WARM - 1);

    seen.clear();
    steps(0, FlushQueue.WARM + 1);
    loops.run();
    assertThat(writesBeforeTheFirstFlush()).isEqualTo(FlushQueue.WARM);
  }

  @Test
  void connectionsWithMoreToSay_pastTheBound_areWaitedForUntilPatienceEnds() {
    int all = FlushQueue.WARM + 1;
    steps(0, all);
    steps(0, all - 1);
    loops.run();

    for (int round = 1; round <= FlushQueue.PATIENCE; round++) {
      seen.clear();
      steps(0, all);
      loops.run();
      assertThat(writesBeforeTheFirstFlush()).as("round %s", round).isEqualTo(all);
    }
    seen.clear();
    steps(0, all);
    loops.run();
    assertThat(writesBeforeTheFirstFlush()).isEqualTo(FlushQueue.WARM);
  }

  @Test
  void connectionsWithOneToSay_roundAfterRound_areFlushedInHasteAlways() {
    for (int round = 1; round <= 3; round++) {
      seen.clear();
      steps(0, 2 * FlushQueue.WARM);
      loops.run();
      assertThat(writesBeforeTheFirstFlush()).as("round %s", round).isEqualTo(FlushQueue.WARM);
    }
  }

  @Test
  void connectionsWithMoreToSay_aFewInEachOfManyRounds_areFlushedInHasteAlways() {
    for (int round = 1; round <= 5; round++) {
      seen.clear();
      steps(0, FlushQueue.WARM);
      steps(0, FlushQueue.WARM / 2);
      loops.run();
      assertThat(writesBeforeTheFirstFlush()).as("round %s", round).isEqualTo(FlushQueue.WARM);
    }
  }
}
