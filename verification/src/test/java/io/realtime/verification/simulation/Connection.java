package io.realtime.verification.simulation;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.fakes.FakeClient;
import io.realtime.notify.core.fakes.FakeLoop;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.inbox.Position;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A connection: the product's end is a socket, once it is decided; the client's end reads in order
 * and answers in order: a ping behind an event by a pong, as stock clients do by themselves, an
 * event with a callback by calling it, and some by name.
 */
final class Connection implements FakeClient {
  private static final long PING_MILLIS = 25_000;

  private final Device device;
  private final Oracle oracle;
  private final Plant plant;
  private final RandomGenerator random;
  private final Handshake handshake;
  private final Optional<Claim> claim;
  private final ArrayDeque<Consumer<FakeSocket>> answers = new ArrayDeque<>();
  private @Nullable FakeSocket socket;
  private Optional<String> pid = Optional.empty();

  /** Entries behind it are owed in any case. */
  long since = Long.MAX_VALUE;

  /** What was proven before is not sent to it. */
  long decidedAt;

  /** Entries behind it may come again, whoever has proven them. */
  long resentBehind;

  /** Where the inbox ended when it came. */
  Optional<Position> head = Optional.empty();

  /** Up to where it has everything by what it returned. */
  long returned;

  /** What its device is not owed from now on, unless its session goes on. */
  final Set<Long> excused = new HashSet<>();

  long lastSeq;

  /** Messages that come before the answer to the CONNECT. */
  private int before;

  private boolean welcomed;
  private boolean watches;
  private int read;
  private int marked;
  private boolean clientGone;
  private boolean serverToldGone;
  private boolean abandoned;
  private long lateSince;
  private long aliveAt;

  /**
   * @param caller who the authenticator takes it for
   */
  Connection(Device device, String caller, World world) {
    this.device = device;
    this.oracle = world.oracle();
    this.plant = world.plant();
    this.random = world.random();
    this.handshake = device.handshake(caller, world.scheduler().instant());
    this.claim = device.claim();
  }

  Device device() {
    return device;
  }

  /** Whether the client may use it, as far as the client knows. */
  boolean usable() {
    return !clientGone && !over();
  }

  /** Its client asks for the inventory. */
  void watch() {
    if (welcomed && !watches) {
      answers.add(
          it -> {
            watches = true;
            it.receive(ClientEvents.SUBSCRIBE_INVENTORY);
          });
    }
  }

  /** Whether it has asked for the inventory. */
  boolean watches() {
    return watches;
  }

  /** Whether the server does not know yet that its client has gone. */
  boolean halfOpen() {
    return clientGone && socket != null && socket.connected();
  }

  /** Whether the server is done with it. */
  boolean over() {
    return abandoned || (socket != null && !socket.connected());
  }

  /** Whether the client was told that it is connected. */
  boolean welcomed() {
    return welcomed;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public Optional<Claim> claim() {
    oracle.arrivals().begins(this);
    return claim;
  }

  @Override
  public boolean stands() {
    abandoned = serverToldGone;
    return !abandoned;
  }

  @Override
  public void connected(FakeSocket made, Arrival arrival) {
    socket = made;
    before = made.sent().size();
    pid =
        switch (arrival) {
          case Arrival.New fresh -> fresh.pid();
          case Arrival.Returned returning -> Optional.of(returning.pid());
        };
  }

  /** The network between the two ends. */
  void wire(Scheduler scheduler, Object owner, FakeLoop loop) {
    scheduler.add(strand(owner, loop, loop::idle, loop::step));
    scheduler.add(strand(owner, loop, () -> !usable() || nothingToRead(), this::receive));
    scheduler.add(strand(owner, loop, () -> !usable() || answers.isEmpty(), this::answer));
    if (plant == Plant.PROOF_ON_WRITE) {
      scheduler.add(strand(owner, loop, () -> marked >= sentTo(), this::proveWritten));
    }
  }

  private FakeSocket theSocket() {
    return Objects.requireNonNull(socket);
  }

  private int sentTo() {
    return socket == null ? 0 : socket.sent().size();
  }

  private void proveWritten() {
    FakeSocket written = theSocket();
    long mark = written.sent().get(marked++).mark();
    if (mark > 0) {
      written.prove(mark);
    }
  }

  private Scheduler.Strand strand(
      Object owner, FakeLoop loop, BooleanSupplier idle, Runnable step) {
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
        return Connection.this.over() && loop.idle();
      }
    };
  }

  private boolean nothingToRead() {
    return socket == null || (welcomed && read >= sentTo());
  }

  private void receive() {
    FakeSocket from = theSocket();
    if (!welcomed && read == before) {
      onConnect(from);
      return;
    }
    FakeSocket.Sent sent = from.sent().get(read++);
    if (sent.mark() > 0) {
      answers.add(it -> it.prove(sent.mark()));
    }
    switch (sent.event()) {
      case ClientEvents.INBOX_GAP -> {
        if (sent.message().arguments().get(1) instanceof Map<?, ?> gap) {
          oracle.gapTold(device, gap);
        }
      }
      case ClientEvents.CONNECTED -> greeted(sent);
      case ClientEvents.SUBSCRIBED -> device.watching |= watches;
      default -> onEvent(sent);
    }
  }

  private void onConnect(FakeSocket from) {
    welcomed = true;
    boolean recovered =
        device.kind() == Device.Kind.STOCK && pid.isPresent() && pid.equals(device.pid);
    device.pid = pid;
    device.keptBack.ifPresent(this::remember);
    device.keptBack = Optional.empty();
    if (recovered) {
      lastSeq = Math.max(lastSeq, returned);
    }
    oracle.arrivals().connected(this, recovered);
    if (device.observer()) {
      answers.add(
          it -> it.receive(ClientEvents.SUBSCRIBE_ORDERS, Map.of("userId", device.userId())));
    }
    from.live();
  }

  private void remember(String position) {
    if (device.keepsPositions()) {
      device.position = Optional.of(position);
    }
  }

  private void greeted(FakeSocket.Sent sent) {
    if (sent.message().arguments().getLast() instanceof String position) {
      remember(plant.told(position, head));
      lastSeq = Math.max(lastSeq, Position.parse(position).orElseThrow().seq());
    }
  }

  private void onEvent(FakeSocket.Sent sent) {
    Optional<Position> position = oracle.received(this, sent);
    position.map(Position::text).ifPresent(welcomed ? this::remember : this::keepBack);
    if (sent.question() >= 0) {
      answers.add(
          it -> {
            oracle.note(() -> "called back " + device);
            it.answer(sent.question());
          });
    } else if (position.isPresent() && random.nextInt(8) == 0) {
      String eventId = Oracle.field(sent.payload(), "eventId");
      answers.addFirst(it -> name(it, eventId));
    }
  }

  /** It says of exactly this event that it has it. */
  private void name(FakeSocket to, String eventId) {
    oracle.note(() -> "named " + device + " " + eventId);
    to.receive(ClientEvents.INBOX_ACK, Map.of("ids", List.of(eventId)));
  }

  private void keepBack(String position) {
    device.keptBack = Optional.of(position);
  }

  private void answer() {
    FakeSocket to = theSocket();
    to.live();
    answers.remove().accept(to);
  }

  /** The client's end is gone; the product sees it now or, when half-open, much later. */
  void drop(boolean halfOpen) {
    clientGone = true;
    if (!halfOpen) {
      close();
    }
  }

  private void close() {
    serverToldGone = true;
    clientGone = true;
    if (socket != null) {
      socket.closeTransport(DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  /** What the heartbeat and the server's bound of what waits do. */
  void check(long now, long heartbeat) {
    FakeSocket checked = socket;
    if (checked == null) {
      return;
    }
    boolean late = clientGone || read < sentTo() || !answers.isEmpty();
    if (!late) {
      lateSince = now;
      if (now - aliveAt >= PING_MILLIS) {
        aliveAt = now;
        checked.live();
      }
    } else if (lateSince == 0) {
      lateSince = now;
    } else if (now - lateSince > heartbeat && checked.connected()) {
      close();
    }
  }
}
