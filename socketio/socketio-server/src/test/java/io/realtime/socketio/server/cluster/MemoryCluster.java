package io.realtime.socketio.server.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A cluster within a test: its nodes hear each other when the test says so, and it may lie: about
 * how many there are, and by losing, doubling, holding back and mixing up what they say. Not
 * thread-safe.
 */
final class MemoryCluster {
  private final Queue<Runnable> underWay = new ArrayDeque<>();
  private final List<Runnable> heldBack = new ArrayList<>();
  private final List<MemoryBus> open = new ArrayList<>();
  private int ghosts;
  private boolean broken;
  private @Nullable Random lies;

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

  /** Some of what is said is lost, comes twice, late or out of order, as chance has it. */
  void lie(Random chance) {
    lies = chance;
  }

  /** From now on it keeps its promises; what it has held back comes now. */
  void repent() {
    lies = null;
    underWay.addAll(heldBack);
    heldBack.clear();
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
    if (lies == null) {
      underWay.add(delivery);
    } else {
      lieAbout(delivery, lies);
    }
    return CompletableFuture.completedStage(null);
  }

  private void lieAbout(Runnable delivery, Random chance) {
    switch (chance.nextInt(6)) {
      case 0 -> {} // lost
      case 1 -> {
        underWay.add(delivery);
        underWay.add(delivery);
      }
      case 2 -> heldBack.add(delivery);
      case 3 -> {
        List<Runnable> mixed = new ArrayList<>(underWay);
        mixed.add(chance.nextInt(mixed.size() + 1), delivery);
        underWay.clear();
        underWay.addAll(mixed);
      }
      case 4 -> {
        underWay.add(delivery);
        underWay.addAll(heldBack);
        heldBack.clear();
      }
      default -> underWay.add(delivery);
    }
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
