package io.realtime.verification.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Tasks that run in the order in which they came, or in any. */
final class Tasks implements Scheduler.Strand, Executor {
  private final Object owner;
  private final RandomGenerator random;
  private final boolean ordered;
  private final List<Runnable> waiting = new ArrayList<>();

  Tasks(Object owner, RandomGenerator random, boolean ordered) {
    this.owner = owner;
    this.random = random;
    this.ordered = ordered;
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
  }

  @Override
  public Object owner() {
    return owner;
  }

  @Override
  public boolean idle() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  @Override
  public void step() {
    waiting.remove(ordered ? 0 : random.nextInt(waiting.size())).run();
  }
}
