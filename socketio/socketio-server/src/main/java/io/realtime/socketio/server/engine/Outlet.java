package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.loop.Flushable;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one connection: straight into the transport while that keeps up, else through
 * the bounded outbox; the write marks, and the one ping that stands behind them. On the home loop
 * only.
 */
final class Outlet {
  private final HomeLoop home;
  private final Tally tally;
  private final Flushable owner;
  private final Runnable onOverflow;
  private final Outbox outbox;
  private final Heartbeat heartbeat;
  private final ProofLedger proofs = new ProofLedger();
  private Carrier carrier;
  private @Nullable BeatReceiver beats;

  /**
   * Whether something is in the outbox: of all connections few ever have anything there, and to
   * look would be one more place in memory for each event.
   */
  private boolean waits;

  private boolean asked;

  /** False while nothing can want a beat: then nobody looks closer. */
  private boolean mayWantBeat;

  private boolean beatWritten;
  private boolean dirty;

  /** See {@link HomeLoop#flushRound}. */
  private int flushedIn;

  private boolean ended;

  /**
   * @param heartbeat of this connection
   * @param owner is flushed at the end of a turn in which something was sent
   * @param onOverflow runs once, as a task of its own, when a bound was reached
   */
  Outlet(
      HomeLoop home,
      EngineSettings settings,
      Heartbeat heartbeat,
      Carrier carrier,
      Flushable owner,
      Runnable onOverflow) {
    this.home = home;
    this.tally = settings.tally();
    this.heartbeat = heartbeat;
    this.carrier = carrier;
    this.owner = owner;
    this.onOverflow = onOverflow;
    this.outbox = new Outbox(settings.options().outbound());
  }

  Outbox outbox() {
    return outbox;
  }

  /** Whether something waits in the outbox. */
  boolean waits() {
    return waits;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  /** Packets go to {@code next} from here on, first the ones that wait. */
  void switchTo(Carrier next) {
    carrier = next;
    flushLater();
  }

  void send(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    if (ended) {
      return;
    }
    if (!waits && carrier.writable()) {
      carrier.write(packet);
      onWritten(packet, receiver, mark);
    } else if (receiver == null && outbox.conflate(packet)) {
      tally.conflated();
      return;
    } else if (!outbox.offer(packet, home.nanoTime(), receiver, mark)) {
      overflow();
      return;
    } else {
      waits = true;
    }
    flushLater();
  }

  boolean sendVolatile(WirePacket packet) {
    if (ended || waits || !carrier.takesVolatile()) {
      tally.droppedVolatile();
      return false;
    }
    send(packet, null, 0);
    return true;
  }

  /** Has the owner flushed at the end of this turn. */
  void flushLater() {
    if (!dirty && !ended) {
      dirty = true;
      home.flushLater(owner, flushedIn);
    }
  }

  /** Sends what the transport can take now; whether that may have moved the {@link #deadline}. */
  boolean flush() {
    dirty = false;
    flushedIn = home.flushRound();
    if (ended) {
      return true;
    }
    boolean waited = waits;
    beatWritten = false;
    carrier.flush(this);
    return waited || beatWritten;
  }

  /** Has our part of the heartbeat written if its time has come. */
  void beatIfDue() {
    if (heartbeat.isDue()) {
      mayWantBeat = true;
      flushLater();
    }
  }

  /** A waiting packet went to the transport whole. */
  void onWritten(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    tally.sent(packet.bytes());
    waits = waits && !outbox.isEmpty();
    if (receiver != null) {
      proofs.onWritten(receiver, mark);
      mayWantBeat = true;
    }
  }

  /** Whether our part of the heartbeat should stand behind what is being written. */
  boolean wantsBeat() {
    return mayWantBeat
        && (heartbeat.isDue() || (heartbeat.mayAsk() && (asked || proofs.needsPing())));
  }

  void onBeatWritten() {
    heartbeat.onWritten(home.nanoTime());
    proofs.onPingWritten();
    asked = false;
    mayWantBeat = false;
    beatWritten = true;
    if (beats != null && !waits) {
      beats.onAsked();
    }
  }

  /**
   * The client's part of the heartbeat came: it has read all that stood before ours. False when
   * nobody asked for it.
   */
  boolean onBeat() {
    if (!heartbeat.onBeat(home.nanoTime())) {
      return false;
    }
    proofs.onPong();
    if (beats != null) {
      beats.onAlive();
    }
    mayWantBeat = true;
    if (wantsBeat()) {
      flushLater();
    }
    return true;
  }

  /** Asks with the next write, unless the client has yet to answer. */
  void pingNow() {
    if (heartbeat.mayAsk()) {
      asked = true;
      mayWantBeat = true;
      flushLater();
    }
  }

  void onBeats(BeatReceiver receiver) {
    beats = receiver;
  }

  void forget(MarkReceiver receiver) {
    proofs.forget(receiver);
  }

  /** Whether the oldest waiting packet has waited too long. */
  boolean expired(long nowNanos) {
    return waits && nowNanos - outbox.expiresAt() >= 0;
  }

  /** When the heartbeat or the age of what waits must be looked at. */
  long deadline() {
    long beat = heartbeat.deadline();
    if (!waits || outbox.expiresAt() - beat >= 0) {
      return beat;
    }
    return outbox.expiresAt();
  }

  /** Drops what waits; nothing is sent any more. */
  void end() {
    ended = true;
    waits = false;
    outbox.clear();
  }

  private void overflow() {
    end();
    home.execute(onOverflow);
  }
}
