package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.loop.HomeLoop;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** Asks loops, each on itself, and puts their answers together. Any thread. */
final class LoopGathering {
  private LoopGathering() {}

  /** What {@code part} gives on each of {@code loops}; the stage completes on the last of them. */
  static <T> CompletionStage<List<T>> of(
      BitSet loops, IntFunction<HomeLoop> homes, IntFunction<List<T>> part) {
    CompletableFuture<List<T>> all = CompletableFuture.completedFuture(List.of());
    for (int loop = loops.nextSetBit(0); loop >= 0; loop = loops.nextSetBit(loop + 1)) {
      all = all.thenCombine(onLoop(homes.apply(loop), loop, part), LoopGathering::both);
    }
    return all;
  }

  private static <T> CompletableFuture<List<T>> onLoop(
      HomeLoop home, int loop, IntFunction<List<T>> part) {
    return CompletableFuture.supplyAsync(() -> part.apply(loop), home::task);
  }

  private static <T> List<T> both(List<T> some, List<T> more) {
    List<T> both = new ArrayList<>(some);
    both.addAll(more);
    return both;
  }
}
