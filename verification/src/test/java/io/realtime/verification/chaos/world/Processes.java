package io.realtime.verification.chaos.world;

import io.realtime.verification.chaos.oracle.History.Stop;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Service and broker, and what is done to them. One thread. */
final class Processes {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(27);
  private static final Duration UP = Duration.ofSeconds(12);
  private static final int MAX_STARTS = 5;

  private final Kafka kafka;
  private final Service service;
  private final Disk disk;
  private final Tally tally;
  private final List<Stop> stops = new ArrayList<>();

  Processes(Kafka kafka, Service service, Disk disk, Tally tally) {
    this.kafka = kafka;
    this.service = service;
    this.disk = disk;
    this.tally = tally;
  }

  /** Does it, and returns when its end has begun: the process is started or goes on. */
  void apply(Fault.Step step) {
    Fault fault = step.fault();
    double strength = step.strength();
    switch (fault) {
      case SERVICE_KILL -> killService(strength);
      case SERVICE_KILL_AT_START -> {
        killService(0);
        tally.add(Fault.SERVICE_KILL);
        park(300 + 2_000 * strength);
        killService(0);
      }
      case SERVICE_PAUSE -> pause(service.pid(), 2_000 + 11_000 * strength * strength);
      case SERVICE_TERM -> {
        stops.add(terminate());
        service.launchAgain();
        awaitUp();
      }
      case BROKER_KILL -> {
        kafka.broker().kill();
        park(2_500 * strength);
        kafka.broker().start();
      }
      case BROKER_PAUSE -> pause(kafka.broker().pid(), 1_000 + 5_000 * strength);
      case DISK_FULL -> {
        if (!disk.fill(service.pid())) {
          return;
        }
        park(1_500 + 3_500 * strength);
        disk.free(service.pid());
        restartWhatRefusedToStart();
      }
      default -> throw new IllegalArgumentException(fault + ": not of a process");
    }
    tally.add(fault);
  }

  /** On a full disk the service ends at its start, and whoever runs it starts it again. */
  private void restartWhatRefusedToStart() {
    if (!service.alive()) {
      service.launchAgain();
    }
  }

  /** Most often waits until it takes traffic, so that there is something to harm. */
  private void killService(double strength) {
    service.kill();
    park(800 * strength);
    service.launchAgain();
    if (strength > 0.2) {
      awaitUp();
    }
  }

  private static void pause(long pid, double millis) {
    Signals.send("STOP", pid);
    park(millis);
    Signals.send("CONT", pid);
  }

  private void awaitUp() {
    long deadline = System.nanoTime() + UP.toNanos();
    while (System.nanoTime() < deadline && service.alive() && !service.takesTraffic()) {
      park(100);
    }
  }

  Stop terminate() {
    long start = System.nanoTime();
    int status = service.terminate(STOP_LIMIT).orElse(-1);
    return new Stop(status, (System.nanoTime() - start) / 1_000_000);
  }

  /** Everything runs again, or is about to; an end that nobody asked for is told as a stop. */
  void heal() {
    Signals.send("CONT", service.pid());
    Signals.send("CONT", kafka.broker().pid());
    disk.free(service.pid());
    kafka.broker().start();
    for (int start = 0; start < MAX_STARTS && !service.alive(); start++) {
      stops.add(new Stop(service.terminate(Duration.ZERO).orElse(-1), 0));
      service.launchAgain();
      awaitUp();
    }
  }

  List<Stop> stops() {
    return List.copyOf(stops);
  }

  static void park(double millis) {
    long until = System.nanoTime() + (long) (millis * 1_000_000);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
