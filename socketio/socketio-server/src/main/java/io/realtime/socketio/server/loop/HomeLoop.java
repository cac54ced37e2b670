package io.realtime.socketio.server.loop;

import io.realtime.socketio.server.transport.Loop;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop as the home of connections. {@link #run}, {@link #execute} and the methods for
 * steps may be called from any thread, everything else on the loop only.
 */
public final class HomeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(HomeLoop.class);

  /** Connections that are flushed together while what they have just written is in the cache. */
  static final int WARM = 64;

  /**
   * Connections that are flushed before the loop serves its transport again: each takes a few
   * microseconds of it, in which nobody is heard.
   */
  static final int FLUSHES_OF_A_TURN = 4_096;

  private final Loop loop;
  private final AlarmClock alarms;
  private final StepQueue steps;
  private final ArrayDeque<Flushable> dirty = new ArrayDeque<>();
  private final Runnable onFlush = this::onFlush;

  /** Whether {@link #onFlush} is about to run: it is whenever something is dirty. */
  private boolean flushing;

  private long turn;
  private int flushesOfTurn;

  public HomeLoop(Loop loop) {
    this.loop = loop;
    this.alarms = new AlarmClock(loop);
    this.steps = new StepQueue(loop);
  }

  public Loop loop() {
    return loop;
  }

  public int index() {
    return loop.index();
  }

  public boolean inLoop() {
    return loop.inLoop();
  }

  public long nanoTime() {
    return loop.nanoTime();
  }

  /** An alarm that runs {@code action} on this loop when it is due. Not set. */
  public Alarm alarm(Runnable action) {
    return new Alarm(alarms, action);
  }

  /** Alarms that are set: for tests of what is left behind. */
  public int alarmCount() {
    return alarms.size();
  }

  /** At once when called on the loop, else as a task of it. */
  public void run(Runnable task) {
    if (loop.inLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  /** As a task of the loop, behind what waits there. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /**
   * Does to a socket what the library does: sends a packet, joins a room. At once when called on
   * the loop, else in each caller's order of steps and tasks; what a step asks for in turn waits
   * until it has ended. To be short, and free of the application's code where that can be.
   */
  public void step(Runnable step) {
    steps.step(step);
  }

  /** Runs the application's code, in one order with {@link #step}. */
  public void task(Runnable task) {
    steps.task(task);
  }

  /**
   * First half of a step that runs behind all that were enqueued before it, on the loop too: the
   * caller may hold a lock over it, and calls {@link #proceed} without.
   */
  public void enqueue(Runnable step) {
    steps.enqueue(step);
  }

  /**
   * Has the steps run that were enqueued: at once when called on the loop, unless a task of
   * another's waits before them.
   */
  public void proceed() {
    steps.proceed();
  }

  /** Whether this is the loop, and a {@link #step} or {@link #task} would not have to wait. */
  public boolean runsAtOnce() {
    return steps.runsAtOnce();
  }

  /**
   * Calls {@code connection} once, at the end of this turn; behind {@value #FLUSHES_OF_A_TURN}
   * others in one of the next. The caller remembers that it has asked.
   */
  public void flushLater(Flushable connection) {
    dirty.add(connection);
    if (!flushing) {
      flushing = true;
      loop.execute(onFlush);
    }
  }

  /**
   * To be called between recipients of something that reaches many: flushes those that have it, if
   * nothing waits here that may write to them again, which one flush would send along.
   */
  public void flushWarm() {
    if (dirty.size() >= WARM && flushesLeft() > 0 && steps.isEmpty()) {
      flushDirty();
    }
  }

  private void onFlush() {
    flushDirty();
    flushing = !dirty.isEmpty();
    if (flushing && flushesLeft() > 0) {
      loop.execute(onFlush);
    } else if (flushing) {
      loop.nextTurn(onFlush);
    }
  }

  /** Those that are dirty now, as far as this turn may go. */
  private void flushDirty() {
    for (int left = Math.min(dirty.size(), flushesLeft()); left > 0; left--) {
      flushesOfTurn++;
      flush(dirty.remove());
    }
  }

  private int flushesLeft() {
    long now = loop.turns();
    if (now != turn) {
      turn = now;
      flushesOfTurn = 0;
    }
    return FLUSHES_OF_A_TURN - flushesOfTurn;
  }

  private static void flush(Flushable connection) {
    try {
      connection.flushTurn();
    } catch (Throwable failure) { // an Error (a class that is missing) concerns this one too
      LOG.error("a flush failed; the other connections go on", failure);
    }
  }
}
