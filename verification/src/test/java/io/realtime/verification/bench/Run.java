package io.realtime.verification.bench;

import io.realtime.verification.bench.Contender.Setting;
import io.realtime.verification.bench.load.Crowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One run: idle connections on fresh processes first, then rounds of load. One thread. */
final class Run {
  /** Connections of the base, which has seen some traffic, and those whose memory is told. */
  private static final int BASE = 500;

  private static final int MORE = 5_000;
  private static final int WARM_UPS = 4;
  private static final Duration BASE_TRAFFIC = Duration.ofSeconds(2);

  private final Plan plan;
  private final Setting setting;
  private final Consumer<String> progress;
  private final Figures figures = new Figures();

  Run(Plan plan, Setting setting, Consumer<String> progress) {
    this.plan = plan;
    this.setting = setting;
    this.progress = progress;
  }

  /** The kind of event loop that our server and the floor got. */
  private String transport = "";

  String transport() {
    return transport.isEmpty() ? setting.transport() : transport;
  }

  Figures measure() {
    boolean idle = plan.scenarios().contains(Scenario.IDLE);
    List<Scenario> loads =
        plan.scenarios().stream().filter(scenario -> scenario != Scenario.IDLE).toList();
    for (int round = 1; idle && round < plan.idleRounds(); round++) {
      List<ServerProcess> fresh = start();
      try {
        measureIdle(fresh, round > plan.idleRounds() - plan.idleCpuRounds());
      } finally {
        fresh.forEach(ServerProcess::close);
      }
    }
    List<ServerProcess> servers = start();
    try {
      if (idle) {
        measureIdle(servers, true);
      }
      for (ServerProcess server : servers) {
        if (!loads.isEmpty()) {
          warmUp(server, loads);
        }
      }
      for (int round = 1; round <= plan.rounds() && !loads.isEmpty(); round++) {
        for (ServerProcess server : servers) {
          measureLoads(server, loads, round);
        }
      }
    } finally {
      servers.forEach(ServerProcess::close);
    }
    return figures;
  }

  private List<ServerProcess> start() {
    List<ServerProcess> started = new ArrayList<>();
    for (Contender contender : plan.contenders()) {
      contender
          .missing(setting)
          .ifPresentOrElse(
              progress,
              () -> {
                ServerProcess server = ServerProcess.start(contender, contender.command(setting));
                started.add(server);
                note(server, "pid " + server.pid() + ", " + server.transport());
                if (contender == Contender.OURS || contender == Contender.RAW_NETTY) {
                  transport = server.transport();
                }
              });
    }
    return started;
  }

  private Drive drive(ServerProcess server) {
    try {
      return new Drive(server, new Crowd(server.contender().dialect(), server.port()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A server whose memory is told from here on. */
  private record Base(ServerProcess server, Drive drive, long heap) {}

  /** Each comes to rest with its base while the next gets its own; then one has more at a time. */
  private void measureIdle(List<ServerProcess> servers, boolean cpu) {
    Deque<Base> bases = new ArrayDeque<>();
    try {
      for (ServerProcess server : servers) {
        Drive drive = drive(server);
        drive.resize(BASE);
        drive.burst(Scenario.BROADCAST_1000, BASE, BASE_TRAFFIC);
        bases.add(new Base(server, drive, server.collectGarbage()));
      }
      while (!bases.isEmpty()) {
        measureIdle(bases.remove(), cpu);
      }
    } finally {
      bases.forEach(base -> base.drive().close());
    }
  }

  private void measureIdle(Base base, boolean cpu) {
    ServerProcess server = base.server();
    try (Drive drive = base.drive()) {
      long baseResident = server.residentBytes();
      drive.resize(BASE + MORE);
      double heap = (double) (server.collectGarbage() - base.heap()) / MORE;
      double resident = (double) (server.residentBytes() - baseResident) / MORE;
      figures.add(server.contender(), Scenario.IDLE, Metric.RSS_BYTES, resident);
      figures.add(server.contender(), Scenario.IDLE, Metric.HEAP_BYTES, heap);
      note(
          server,
          String.format(
              Locale.ROOT, "idle: %.0f bytes RSS, %.0f bytes heap a connection", resident, heap));
      if (cpu) {
        double micros = drive.idleCpu(BASE + MORE, plan.idle());
        figures.add(server.contender(), Scenario.IDLE, Metric.CPU_US, micros);
        note(
            server,
            String.format(Locale.ROOT, "idle: %.2f us CPU a second and connection", micros));
      }
    }
  }

  /** With several crowds: how clients come and go is compiled, too, before it is measured. */
  private void warmUp(ServerProcess server, List<Scenario> loads) {
    Duration each = plan.warmUp().dividedBy((long) WARM_UPS * loads.size());
    for (int pass = 0; pass < WARM_UPS; pass++) {
      try (Drive drive = drive(server)) {
        for (Scenario load : loads) {
          drive.resize(load.clients());
          drive.burst(load, load.clients(), each);
        }
      }
    }
    note(server, "warm");
  }

  private void measureLoads(ServerProcess server, List<Scenario> loads, int round) {
    try (Drive drive = drive(server)) {
      for (Scenario load : loads) {
        drive.resize(load.clients());
        drive.settle(load, load.clients());
        Drive.Burst burst = drive.burst(load, load.clients(), plan.burst());
        double p99 = drive.steadyP99(load, load.clients(), plan.steady());
        figures.add(server.contender(), load, Metric.CPU_US, burst.cpuMicros());
        figures.add(server.contender(), load, Metric.MSGS_PER_S, burst.messagesPerSecond());
        figures.add(server.contender(), load, Metric.P99_MS, p99);
        note(
            server,
            String.format(
                Locale.ROOT,
                "round %d, %s: %.2f us CPU a message, %.0f messages/s, p99 %.1f ms",
                round,
                load.wireName(),
                burst.cpuMicros(),
                burst.messagesPerSecond(),
                p99));
      }
    }
  }

  private void note(ServerProcess server, String what) {
    progress.accept(server.contender().wireName() + ": " + what);
  }
}
