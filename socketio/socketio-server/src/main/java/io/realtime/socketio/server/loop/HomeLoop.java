package io.realtime.socketio.server.loop;

import io.realtime.socketio.server.transport.Loop;

/**
 * An event loop as the home of connections. {@link #run}, {@link #execute} and the methods for
 * steps may be called from any thread, everything else on the loop only.
 */
public final class HomeLoop {
  private final Loop loop;
  private final AlarmClock alarms;
  private final StepQueue steps;
  private final FlushQueue flushes;

  public HomeLoop(Loop loop) {
    this.loop = loop;
    this.alarms = new AlarmClock(loop);
    this.steps = new StepQueue(loop, this::onStep);
    this.flushes = new FlushQueue(loop, () -> !steps.isEmpty());
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
   * Calls {@code connection} once, at the end of this turn or while what it has written is still in
   * the cache; behind {@value FlushQueue#FLUSHES_OF_A_TURN} others in one of the next turns. The
   * caller remembers that it has asked.
   *
   * @param flushedIn the {@link #flushRound} in which it was flushed before; 0 if it never was
   */
  public void flushLater(Flushable connection, int flushedIn) {
    flushes.add(connection, flushedIn);
  }

  /** For a connection that is being flushed to remember. Never 0 before its first overflow. */
  public int flushRound() {
    return flushes.round();
  }

  /**
   * To be called between recipients of something that reaches many: flushes those that have it, if
   * nothing waits here that may write to them again, which one flush would send along.
   */
  public void flushWarm() {
    flushes.betweenRecipients();
  }

  private void onStep() {
    flushes.betweenSteps();
  }
}
