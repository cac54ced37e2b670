package io.realtime.verification.simulation;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Position;
import io.realtime.socketio.server.api.DisconnectReason;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A connection: the product's end is a socket, the client's end reads in order and answers a ping
 * behind an event with a pong, as stock clients do by themselves.
 */
final class Connection {
  private final Device device;
  private final FakeSocket socket;
  private final Oracle oracle;
  private final Plant plant;
  private final ArrayDeque<Long> pongs = new ArrayDeque<>();
  final Set<Long> seqs = new HashSet<>();

  /** Entries behind it are owed in any case. */
  long since = Long.MAX_VALUE;

  /** What was proven before is not sent to it. */
  long decidedAt;

  /** Entries behind it may come again, whoever has proven them. */
  long resentBehind;

  /** The position of {@code connection:success}, until the client has read it. */
  Optional<Position> greeting = Optional.empty();

  long lastSeq;
  private int read;
  private int marked;
  private boolean clientGone;
  private long lateSince;

  Connection(Device device, FakeSocket socket, Oracle oracle, Plant plant) {
    this.device = device;
    this.socket = socket;
    this.oracle = oracle;
    this.plant = plant;
  }

  Device device() {
    return device;
  }

  FakeSocket socket() {
    return socket;
  }

  boolean usable() {
    return !clientGone && socket.connected();
  }

  /** The network between the two ends. */
  void wire(Scheduler scheduler, Object owner) {
    scheduler.add(strand(owner, socket.loop()::idle, socket.loop()::step));
    scheduler.add(strand(owner, () -> !usable() || nothingToRead(), this::receive));
    scheduler.add(strand(owner, () -> !usable() || pongs.isEmpty(), this::pong));
    if (plant == Plant.PROOF_ON_WRITE) {
      scheduler.add(
          strand(owner, () -> marked >= socket.sent().size(), () -> proveWritten(socket)));
    }
  }

  private void proveWritten(FakeSocket written) {
    long mark = written.sent().get(marked++).mark();
    if (mark > 0) {
      written.prove(mark);
    }
  }

  private Scheduler.Strand strand(Object owner, BooleanSupplier idle, Runnable step) {
    return new Scheduler.Strand() {
      @Override
      public Object owner() {
        return owner;
      }

      @Override
      public boolean idle() {
        return idle.getAsBoolean();
      }

      @Override
      public void step() {
        step.run();
      }

      @Override
      public boolean over() {
        return !socket.connected() && socket.loop().idle();
      }
    };
  }

  private boolean nothingToRead() {
    return greeting.isEmpty() && read >= socket.sent().size();
  }

  private void receive() {
    if (greeting.isPresent()) {
      device.position = greeting;
      greeting = Optional.empty();
      return;
    }
    FakeSocket.Sent sent = socket.sent().get(read++);
    if (sent.event().equals(ClientEvents.INBOX_GAP)) {
      if (sent.message().arguments().get(1) instanceof Map<?, ?> gap) {
        oracle.gapTold(device, gap);
      }
    } else {
      oracle.received(this, sent);
    }
    if (sent.mark() > 0) {
      pongs.add(sent.mark());
    }
  }

  private void pong() {
    socket.prove(pongs.remove());
  }

  /** The client's end is gone; the product sees it now or, when half-open, much later. */
  void drop(boolean halfOpen) {
    clientGone = true;
    if (!halfOpen) {
      close();
    }
  }

  void close() {
    socket.loop().execute(() -> breakOff(socket));
  }

  private void breakOff(FakeSocket ending) {
    if (ending.connected()) {
      ending.closeTransport(DisconnectReason.TRANSPORT_CLOSE);
    }
    clientGone = true;
  }

  /** What the server's heartbeat and its bound of what waits do. */
  void check(long now, long heartbeat) {
    boolean late = clientGone || read < socket.sent().size() || !pongs.isEmpty();
    if (!late) {
      lateSince = now;
    } else if (lateSince == 0) {
      lateSince = now;
    } else if (now - lateSince > heartbeat && socket.connected()) {
      close();
    }
  }
}
