package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.loop.Flushable;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.WebSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one connection: straight into the transport while that keeps up, else through
 * the bounded outbox; the write marks, and the one ping that stands behind them. On the home loop
 * only.
 *
 * <p>What is sent and flushed leads over no more objects than this one and the channel: with
 * thousands of connections each is cold in the cache.
 */
public final class Outlet implements Flushable {
  /** Whose sending side it is. */
  interface Owner {

    /** The first packet waits: the {@link #deadline} may have moved. */
    void onWaits();

    /**
     * After a flush that may have moved the {@link #deadline}, was by polling, or came too late.
     */
    void onFlushed();

    /** Once, as a task of its own: a bound was reached. */
    void onOverflow();
  }

  private final HomeLoop home;
  private final Tally tally;
  private final Owner owner;
  private final Outbox outbox;
  private final Heartbeat heartbeat;
  private final ProofLedger proofs = new ProofLedger();
  private Carrier carrier;

  /** That of the carrier. */
  private @Nullable WebSocketChannel channel;

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

  /** Nothing more is taken in; what waits may still leave. */
  private boolean sealed;

  private boolean ended;

  /**
   * @param heartbeat of this connection
   */
  Outlet(
      HomeLoop home, EngineSettings settings, Heartbeat heartbeat, Carrier carrier, Owner owner) {
    this.home = home;
    this.tally = settings.tally();
    this.heartbeat = heartbeat;
    this.carrier = carrier;
    this.channel = carrier.channel();
    this.owner = owner;
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
    channel = next.channel();
    flushLater();
  }

  /**
   * Queues a packet; it leaves at the end of this turn if the transport can take it. When that goes
   * past an outbound bound the connection is closed as a slow consumer, by a task of its own, so
   * that nobody who is sending sees his sockets change. Nothing happens once the connection ends.
   */
  public void send(WirePacket packet) {
    send(packet, null, 0);
  }

  /** As {@link #send}, with a write mark behind the packet, of whose receipt proof is asked for. */
  public void send(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    assert home.inLoop();
    if (sealed || ended) {
      return;
    }
    WebSocketChannel straight = channel;
    if (!waits && straight != null && straight.writable()) {
      write(straight, packet);
      onWritten(packet, receiver, mark);
      flushLater();
    } else {
      sendLater(packet, receiver, mark);
    }
  }

  private void write(WebSocketChannel straight, WirePacket packet) {
    Frame only = packet.onlyText();
    if (only != null) {
      straight.write(only);
    } else {
      carrier.write(packet);
    }
  }

  private void sendLater(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    if (receiver == null && outbox.conflate(packet)) {
      tally.conflated();
    } else if (outbox.offer(packet, home.nanoTime(), receiver, mark)) {
      boolean first = !waits;
      waits = true;
      flushLater();
      if (first) {
        owner.onWaits();
      }
    } else {
      end();
      home.execute(owner::onOverflow);
    }
  }

  /** Sends a packet if the transport can take it now; false when it was dropped. */
  public boolean sendVolatile(WirePacket packet) {
    if (sealed) {
      return false;
    }
    if (ended || waits || !carrier.takesVolatile()) {
      tally.droppedVolatile();
      return false;
    }
    send(packet, null, 0);
    return true;
  }

  /** Has it flushed at the end of this turn. */
  void flushLater() {
    if (!dirty && !ended) {
      dirty = true;
      home.flushLater(this, flushedIn);
    }
  }

  @Override
  public void flushTurn() {
    dirty = false;
    flushedIn = home.flushRound();
    WebSocketChannel straight = channel;
    if (straight != null && !waits && !mayWantBeat && !ended) {
      straight.flush();
    } else if (flush()) {
      owner.onFlushed();
    }
  }

  /** Sends what the transport can take now; whether the owner must be told. */
  private boolean flush() {
    if (ended) {
      return true;
    }
    boolean waited = waits;
    beatWritten = false;
    carrier.flush(this);
    return waited || beatWritten || channel == null;
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
    tally.sent(home.index(), packet.bytes());
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

  /** Asks for the client's part of the heartbeat now, unless that is awaited or not ours to ask. */
  public void pingNow() {
    if (!sealed && heartbeat.mayAsk()) {
      asked = true;
      mayWantBeat = true;
      flushLater();
    }
  }

  /** Tells {@code receiver} of heartbeats from here on. */
  public void onBeats(BeatReceiver receiver) {
    beats = receiver;
  }

  /** Reports no more proof to {@code receiver}. */
  public void forget(MarkReceiver receiver) {
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

  /** Takes nothing more in; what waits may still leave. */
  void seal() {
    sealed = true;
  }

  /** Drops what waits; nothing is sent any more. */
  void end() {
    ended = true;
    waits = false;
    outbox.clear();
  }
}
