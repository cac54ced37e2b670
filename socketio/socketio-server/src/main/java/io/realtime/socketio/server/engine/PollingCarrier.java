package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.revision.PollingFormat;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.WebSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET requests with payloads. One request waits at most. A payload holds as many packets as
 * fit into {@code maxPayload}, and at least one element however large.
 */
final class PollingCarrier implements Carrier {
  private static final Frame CLOSE = new Frame(false, new byte[] {'1'});
  private static final Frame NOOP = new Frame(false, new byte[] {'6'});

  private final PollingFormat format;
  private final Frame beat;
  private final int maxPayload;
  private @Nullable EngineExchange waiting;
  private boolean closing;
  private boolean closeSent;

  /** Whether a packet of the payload that is being put together may be compressed. */
  private boolean compress;

  /**
   * @param beat our part of the heartbeat
   */
  PollingCarrier(PollingFormat format, Frame beat, int maxPayload) {
    this.format = format;
    this.beat = beat;
    this.maxPayload = maxPayload;
  }

  /** How its client writes payloads, too. */
  PollingFormat format() {
    return format;
  }

  boolean isWaiting() {
    return waiting != null;
  }

  boolean isWaiting(EngineExchange exchange) {
    return exchange.equals(waiting);
  }

  /** Only when none {@link #isWaiting}. */
  void park(EngineExchange exchange) {
    waiting = exchange;
  }

  /** The waiting request's client has gone. */
  void unpark() {
    waiting = null;
  }

  /** Answers the waiting request, if there is one, with a noop. */
  void answerNoop() {
    answer(List.of(NOOP), false);
  }

  /** Answers the waiting request, if there is one, with a close. */
  void answerClose() {
    answer(List.of(CLOSE), true);
  }

  /** Refuses the waiting request, if there is one. */
  void refuse(EngineError error) {
    EngineExchange exchange = waiting;
    waiting = null;
    if (exchange != null) {
      exchange.reply(error.reply());
    }
  }

  /** A close stands behind what waits. */
  void closeWhenDrained() {
    closing = true;
  }

  boolean closeSent() {
    return closeSent;
  }

  @Override
  public @Nullable WebSocketChannel channel() {
    return null;
  }

  @Override
  public boolean takesVolatile() {
    return waiting != null;
  }

  @Override
  public void write(WirePacket packet) {
    throw new IllegalStateException("polling: write (expected: flush)");
  }

  @Override
  public void flush(Outlet outlet) {
    if (waiting == null) {
      return;
    }
    compress = false;
    List<Frame> elements = takeElements(outlet);
    if (closing) {
      if (!outlet.waits()) {
        elements.add(CLOSE);
        closeSent = true;
      }
    } else if (outlet.wantsBeat()) {
      elements.add(beat);
      outlet.onBeatWritten();
    }
    if (!elements.isEmpty()) {
      answer(elements, compress);
    }
  }

  private List<Frame> takeElements(Outlet outlet) {
    Outbox outbox = outlet.outbox();
    List<Frame> elements = new ArrayList<>();
    int size = 1 + beat.payload().length; // room for what may stand behind
    while (outlet.waits()) {
      Outbox.Waiting first = outbox.first();
      Frame element = first.packet().frames(format.bytesForm()).get(outbox.sentFrames());
      size += element.payload().length + 1;
      if (!elements.isEmpty() && size > maxPayload) {
        break;
      }
      elements.add(element);
      compress |= first.packet().compress();
      if (outbox.frameSent()) {
        outlet.onWritten(first.packet(), first.receiver(), first.mark());
      }
    }
    return elements;
  }

  private void answer(List<Frame> elements, boolean mayCompress) {
    EngineExchange exchange = waiting;
    waiting = null;
    if (exchange != null) {
      exchange.answer(format.write(elements), mayCompress);
    }
  }
}
