package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ConnectionStateRecovery.InMemory;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.recovery.EventLog;
import io.realtime.socketio.server.recovery.EventSelector;
import io.realtime.socketio.server.recovery.LogLimits;
import io.realtime.socketio.server.recovery.LoggedEvent;
import io.realtime.socketio.server.recovery.Positions;
import io.realtime.socketio.server.recovery.Stays;
import io.realtime.socketio.server.recovery.WaitingSession;
import io.realtime.socketio.server.recovery.WaitingSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Recovery in the memory of this process, of one namespace. A session is claimed by its pid, for
 * its identity only; it is recovered when its client's position is known and nothing that it was
 * owed behind that has been forgotten. Any thread.
 */
final class MemoryRecovery implements Recovery {
  private final InMemory settings;
  private final NamespaceParts parts;
  private final NodeSockets sockets;
  private final EventLog log;
  private final NamespaceLog namespaceLog;
  private final Optional<NamespaceLog> known;
  private final WaitingSessions waiting;
  private final long maxAgeNanos;
  private final AtomicBoolean sweeping = new AtomicBoolean();

  MemoryRecovery(InMemory settings, NamespaceParts parts, NodeSockets sockets, SocketIoWire wire) {
    this.settings = settings;
    this.parts = parts;
    this.sockets = sockets;
    this.maxAgeNanos = settings.maxDisconnectionDuration().toNanos();
    this.log =
        new EventLog(
            new LogLimits(settings.maxEvents(), settings.maxBytes(), maxAgeNanos),
            new Positions(parts.ids().nextLong()),
            parts.tally()::recoveryForgot);
    this.waiting =
        new WaitingSessions(settings.maxSessions(), maxAgeNanos, parts.tally()::recoveryForgot);
    this.namespaceLog = new NamespaceLog(log, wire, sockets, this::sweepLater);
    this.known = Optional.of(namespaceLog);
  }

  @Override
  public boolean skipsMiddlewares() {
    return settings.skipMiddlewares();
  }

  @Override
  public Optional<NamespaceLog> log() {
    return known;
  }

  @Override
  public CompletionStage<Continuity> arrive(HomeLoop home, Handshake handshake) {
    String identity = settings.identity().apply(handshake);
    Optional<Claim> claim = Recovery.claimOf(handshake);
    if (claim.isEmpty()) {
      return CompletableFuture.completedStage(fresh(home, identity));
    }
    return ended(claim.get().pid(), identity)
        .thenApply(gone -> claimed(home, claim.get(), identity));
  }

  private Continuity fresh(HomeLoop home, String identity) {
    return new Remembered(home, identity, Optional.empty());
  }

  /** Ends the connection on which the session still lives, if it does. */
  private CompletionStage<Boolean> ended(String pid, String identity) {
    NamespaceSocket live =
        pid.length() == 2 * Ids.LENGTH ? sockets.byId(pid.substring(0, Ids.LENGTH)) : null;
    if (live == null
        || !(live.continuity() instanceof Remembered own)
        || !own.isOf(pid, identity)) {
      return CompletableFuture.completedStage(false);
    }
    return live.takeOver().thenApply(gone -> true);
  }

  private Continuity claimed(HomeLoop home, Claim claim, String identity) {
    long now = now();
    Optional<WaitingSession> session = waiting.claim(claim.pid(), identity, now);
    if (session.isEmpty()) {
      parts.tally().recoveryFailed();
      return fresh(home, identity);
    }
    OptionalLong position = log.positions().parse(claim.offset());
    if (position.isEmpty() || debt(session.get(), position.getAsLong()).isEmpty()) {
      parts.tally().recoveryFailed();
      return fresh(home, identity);
    }
    return new Remembered(
        home, identity, Optional.of(new Taken(session.get(), position.getAsLong())));
  }

  /**
   * Which events it has missed behind {@code position}; empty when that is not known any more, or
   * more than its connection would hold.
   */
  private Optional<long[]> debt(WaitingSession session, long position) {
    if (position < session.stays().knownSince()) {
      return Optional.empty();
    }
    Debt debt = new Debt(session.stays());
    return log.select(position, debt).filter(missed -> !debt.tooLarge());
  }

  /** Adds up what a session is owed, until that is more than its connection would hold. */
  private final class Debt implements EventSelector {
    private final Stays stays;
    private int events;
    private long bytes;

    Debt(Stays stays) {
      this.stays = stays;
    }

    @Override
    public boolean wants(long number, List<String> rooms, List<String> except, int size) {
      if (tooLarge() || !stays.include(number, rooms, except)) {
        return false;
      }
      events++;
      bytes += size;
      return true;
    }

    boolean tooLarge() {
      var outbound = parts.options().outbound();
      return events > outbound.maxPackets() / 2 || bytes > outbound.maxBytes() / 2;
    }
  }

  private long now() {
    return sockets.home(0).nanoTime();
  }

  // ---- forgetting, also when nothing happens

  private void sweepLater() {
    if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
      HomeLoop home = sockets.home(0);
      Alarm alarm = home.alarm(this::sweep);
      home.run(() -> alarm.setAt(home.nanoTime() + maxAgeNanos / 2 + 1));
    }
  }

  private void sweep() {
    sweeping.set(false);
    log.sweep(now());
    waiting.sweep(now());
    if (log.size() > 0 || waiting.size() > 0) {
      sweepLater();
    }
  }

  /** Sessions that wait: for tests of what is left behind. */
  int waitingCount() {
    return waiting.size();
  }

  /** A session that is taken up, and the last event that its client has. */
  private record Taken(WaitingSession session, long position) {}

  /** What lasts of one socket. */
  private final class Remembered implements Continuity {
    private final HomeLoop home;
    private final String identity;
    private final Optional<Taken> taken;

    /** From the CONNECT on, whose socket has an id then. */
    private String id = "";

    private ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(0);
    private volatile String pid;
    private volatile boolean forgotten;
    private Stays stays;

    /** The last event that came with {@link #onAdmitted}. */
    private long upTo;

    Remembered(HomeLoop home, String identity, Optional<Taken> taken) {
      this.home = home;
      this.identity = identity;
      this.taken = taken;
      this.pid = taken.map(it -> it.session().pid()).orElse("");
      this.stays = taken.map(it -> it.session().stays()).orElseGet(() -> new Stays("", 0));
    }

    @Override
    public void begin(String socketId, ConcurrentMap<String, Object> socketData) {
      id = socketId;
      data = socketData;
      if (taken.isEmpty()) {
        pid = id + parts.ids().next();
        stays = new Stays(id, doneHere());
      }
    }

    boolean isOf(String claimedPid, String claimedIdentity) {
      return pid.equals(claimedPid) && identity.equals(claimedIdentity);
    }

    @Override
    public Optional<String> pid() {
      return Optional.of(pid);
    }

    @Override
    public Optional<Past> past() {
      return taken.map(
          it -> new Past(it.session().id(), it.session().stays().openRooms(), it.session().data()));
    }

    @Override
    public boolean recovered() {
      return taken.isPresent() && !forgotten;
    }

    @Override
    public boolean logged() {
      return true;
    }

    @Override
    public long upTo() {
      return upTo;
    }

    @Override
    public void onJoin(String room) {
      stays.onJoin(room, doneHere());
    }

    @Override
    public void onLeave(String room) {
      stays.onLeave(room, doneHere());
    }

    private long doneHere() {
      return Math.max(upTo, namespaceLog.doneOn(home.index()));
    }

    /**
     * The loops know that it is there, so what comes behind the end of the log at this moment comes
     * to it; what stands before that, and waits for this loop still, is sent from here.
     */
    @Override
    public List<Owed> onAdmitted() {
      if (taken.isEmpty()) {
        return List.of();
      }
      upTo = log.last();
      Optional<List<LoggedEvent>> owed =
          debt(taken.get().session(), taken.get().position()).flatMap(log::read);
      if (owed.isEmpty()) { // forgotten while a middleware was thinking
        forgotten = true;
        upTo = 0;
        pid = id + parts.ids().next();
        stays = new Stays(id, doneHere());
        parts.tally().recoveryFailed();
        return List.of();
      }
      parts.tally().recovered();
      List<Owed> sent = new ArrayList<>();
      for (LoggedEvent event : owed.get()) {
        upTo = Math.max(upTo, event.number());
        sent.add(new Owed.Logged(event));
      }
      return sent;
    }

    @Override
    public void onEnd(boolean admitted, DisconnectReason reason) {
      long now = now();
      if (admitted && reason.recoverable()) {
        waiting.add(new WaitingSession(id, pid, identity, stays, data, now), now);
        sweepLater();
      } else if (!admitted && taken.isPresent()) {
        waiting.add(taken.get().session(), now);
      }
    }
  }
}
