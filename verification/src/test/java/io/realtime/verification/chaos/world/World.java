package io.realtime.verification.chaos.world;

import io.realtime.verification.architecture.Repository;
import io.realtime.verification.chaos.oracle.History;
import io.realtime.verification.chaos.oracle.Source;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A broker, a service, a shop and clients, and everything that happens to them. One thread. */
public final class World implements AutoCloseable {
  private static final String GROUP = "chaos";
  private static final Duration SILENCE = Duration.ofSeconds(6);
  private static final Duration ENTRY = Duration.ofSeconds(40);

  private final Size size;
  private final long seed;
  private final Disk disk;
  private final Kafka kafka;
  private final Service service;
  private final FaultProxy proxy;
  private final Crowd crowd;
  private final Shop shop;
  private final RestCaller rest;
  private final Tally tally = new Tally();
  private final Processes processes;

  private World(Path folder, String protocol, Size size, long seed) throws IOException {
    this.size = size;
    this.seed = seed;
    disk = new Disk(folder.resolve("data"));
    kafka = new Kafka(folder.resolve("kafka"), brokerSettings());
    kafka.createTopics(3, Shop.TOPICS);
    service =
        Service.development(
            folder,
            kafka,
            GROUP,
            Map.of(
                "KAFKA_GROUP_PROTOCOL", protocol,
                "WS_PING_INTERVAL", "3000",
                "WS_PING_TIMEOUT", "2000",
                "INBOX_MAX_EVENTS", "300",
                "STORE_MAX_MB", "32"));
    proxy = new FaultProxy(service.port());
    processes = new Processes(kafka, service, disk, tally);
    Path js = Repository.find().root().resolve("verification/target/js");
    crowd = new Crowd(proxy.port(), new Clients(js), SILENCE);
    crowd.enter(size);
    shop = new Shop(kafka.bootstrap(), crowd.users(), size.perSecond(), new Random(seed));
    rest = new RestCaller(service.url(), crowd.users(), new Random(seed + 1));
  }

  /** The new protocol's dead member holds its partitions until its session ends. */
  private static Map<String, String> brokerSettings() {
    return Map.of(
        "group.consumer.session.timeout.ms", "6000",
        "group.consumer.min.session.timeout.ms", "6000",
        "group.consumer.heartbeat.interval.ms", "1500",
        "group.consumer.min.heartbeat.interval.ms", "1500");
  }

  /** Starts everything; returns when all clients are connected and the shop is open. */
  public static World start(Path folder, String protocol, Size size, long seed) throws IOException {
    World world = new World(folder, protocol, size, seed);
    long deadline = System.nanoTime() + ENTRY.toNanos();
    while (!world.crowd.allConnected()) {
      if (System.nanoTime() > deadline) {
        world.close();
        throw new IOException("not all clients came in within " + ENTRY.toSeconds() + " s");
      }
      Processes.park(100);
    }
    world.shop.open();
    world.rest.open();
    return world;
  }

  /** Lets the planned faults come, those of the network beside those of the processes. */
  public void suffer() {
    List<Fault.Step> plan = Fault.plan(seed, size.faults());
    long start = System.nanoTime();
    Thread network =
        Thread.ofPlatform().daemon().name("network-faults").start(() -> run(plan, start, false));
    run(plan, start, true);
    try {
      network.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(List<Fault.Step> plan, long start, boolean ofProcess) {
    for (Fault.Step step : plan) {
      long wait = step.at().toNanos() - (System.nanoTime() - start);
      boolean late = System.nanoTime() - start > size.faults().toNanos();
      if (step.fault().ofProcess() == ofProcess && !late) {
        Processes.park(wait / 1e6);
        if (ofProcess) {
          processes.apply(step);
        } else {
          harmNetwork(step);
        }
      }
    }
  }

  private void harmNetwork(Fault.Step step) {
    Random random = new Random(step.seed());
    tally.add(step.fault());
    switch (step.fault()) {
      case CUT -> proxy.cut(0.4 * step.strength(), random);
      case BLACK_HOLE -> proxy.blackHole(0.3 * step.strength(), random);
      case SLEEP -> sleep(crowd.anyone(random), 2_000 + 12_000 * step.strength(), () -> {});
      case FLOOD -> {
        RawClient victim = crowd.anyone(random);
        shop.flood(victim.diary().user());
        sleep(victim, 6_000 + 6_000 * step.strength(), () -> shop.flood(null));
      }
      case RELOAD -> crowd.anyone(random).reload();
      case MUTE -> crowd.anyone(random).mute();
      default -> throw new IllegalArgumentException(step.fault() + ": not of the network");
    }
  }

  private static void sleep(RawClient client, double millis, Runnable atEnd) {
    client.sleep();
    Thread.ofVirtual()
        .start(
            () -> {
              Processes.park(millis);
              atEnd.run();
              client.wake();
            });
  }

  /** No more faults; everything runs again and nothing new is produced. */
  public void heal() {
    processes.heal();
    proxy.heal();
    crowd.wakeAll();
    shop.flood(null);
    rest.close();
    shop.stop();
  }

  public boolean allConnected() {
    return service.alive() && crowd.allConnected();
  }

  /** Connects the auditors. */
  public void sendAuditors() {
    crowd.sendAuditors();
  }

  /** Produces one more event for every user. */
  public void sendMarkers() {
    shop.sendMarkers(crowd.users());
  }

  /** The last SIGTERM. */
  public History.Stop stopService() {
    return processes.terminate();
  }

  /** What is known now. Reads the topics anew. */
  public History history() {
    try (Topics topics = new Topics(kafka.bootstrap(), GROUP)) {
      List<Source> sources = topics.sources();
      return new History(
          sources,
          crowd.devices(),
          topics.letters(),
          rest.accepted(),
          topics.ends(),
          topics.committed(),
          tally.ofProcesses(),
          processes.stops());
    }
  }

  public Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    crowd.close();
    rest.close();
    shop.close();
    proxy.close();
    service.close();
    kafka.close();
    disk.close();
  }
}
