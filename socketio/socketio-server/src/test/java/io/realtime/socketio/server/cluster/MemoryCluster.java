package io.realtime.socketio.server.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cluster within a test: its nodes hear each other when the test says so, and it may lie about
 * how many there are. Not thread-safe.
 */
final class MemoryCluster {
  private final Queue<Runnable> underWay = new ArrayDeque<>();
  private final List<MemoryBus> open = new ArrayList<>();
  private int ghosts;
  private boolean broken;

  /** A bus of a node for a namespace. */
  ClusterBus bus(String node, String namespace) {
    return new MemoryBus(node, namespace);
  }

  /** That many nodes are counted that never hear and never answer. */
  void countGhosts(int count) {
    ghosts = count;
  }

  /** Nothing can be sent, or it can again. */
  void breakDown(boolean nowBroken) {
    broken = nowBroken;
  }

  /** Delivers what is under way; false when there was nothing. */
  boolean deliver() {
    if (underWay.isEmpty()) {
      return false;
    }
    while (!underWay.isEmpty()) {
      underWay.remove().run();
    }
    return true;
  }

  private CompletionStage<Void> send(Runnable delivery) {
    if (broken) {
      return CompletableFuture.failedStage(new IllegalStateException("planted"));
    }
    underWay.add(delivery);
    return CompletableFuture.completedStage(null);
  }

  private final class MemoryBus implements ClusterBus {
    private final String node;
    private final String namespace;
    private ClusterReceiver receiver = new Deaf();

    MemoryBus(String node, String namespace) {
      this.node = node;
      this.namespace = namespace;
    }

    @Override
    public CompletionStage<Void> open(ClusterReceiver hearing) {
      receiver = hearing;
      open.add(this);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> close() {
      open.remove(this);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Integer> nodeCount() {
      return CompletableFuture.completedStage(
          ghosts + (int) open.stream().filter(it -> it.namespace.equals(namespace)).count());
    }

    @Override
    public CompletionStage<Void> publish(ClusterMessage message) {
      return send(
          () -> {
            for (MemoryBus other : List.copyOf(open)) {
              if (other.namespace.equals(namespace) && !other.node.equals(node)) {
                other.receiver.onMessage(node, message);
              }
            }
          });
    }

    @Override
    public CompletionStage<Void> respond(String to, ClusterResponse response) {
      return send(
          () -> {
            for (MemoryBus other : List.copyOf(open)) {
              if (other.namespace.equals(namespace) && other.node.equals(to)) {
                other.receiver.onResponse(response);
              }
            }
          });
    }
  }

  private static final class Deaf implements ClusterReceiver {
    @Override
    public void onMessage(String sender, ClusterMessage message) {}

    @Override
    public void onResponse(ClusterResponse response) {}
  }
}
