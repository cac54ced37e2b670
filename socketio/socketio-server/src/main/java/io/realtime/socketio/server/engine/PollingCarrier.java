package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.server.http.HttpReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET requests with payloads. One request waits at most. A payload holds as many packets as
 * fit into {@code maxPayload}, and at least one element however large.
 */
final class PollingCarrier implements Carrier {
  private static final byte[] PING = {'2'};
  private static final byte[] CLOSE = {'1'};
  private static final byte[] NOOP = {'6'};

  private final int maxPayload;
  private @Nullable EngineExchange waiting;
  private boolean closing;
  private boolean closeSent;

  /** Whether a packet of the payload that is being put together may be compressed. */
  private boolean compress;

  PollingCarrier(int maxPayload) {
    this.maxPayload = maxPayload;
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
    answer(NOOP, false);
  }

  /** Answers the waiting request, if there is one, with a close. */
  void answerClose() {
    answer(CLOSE, true);
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
  public boolean writable() {
    return false;
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
    List<byte[]> elements = takeElements(outlet);
    if (closing) {
      if (outlet.outbox().isEmpty()) {
        elements.add(CLOSE);
        closeSent = true;
      }
    } else if (outlet.wantsPing()) {
      elements.add(PING);
      outlet.onPingWritten();
    }
    if (!elements.isEmpty()) {
      answer(EngineCodecV4.joinPayload(elements), compress);
    }
  }

  private List<byte[]> takeElements(Outlet outlet) {
    Outbox outbox = outlet.outbox();
    List<byte[]> elements = new ArrayList<>();
    int size = 1 + PING.length; // room for what may stand behind
    while (!outbox.isEmpty()) {
      Outbox.Waiting first = outbox.first();
      byte[] element = first.packet().pollingElement(outbox.sentFrames());
      size += element.length + 1;
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

  private void answer(byte[] payload, boolean mayCompress) {
    EngineExchange exchange = waiting;
    waiting = null;
    if (exchange != null) {
      exchange.answer(HttpReply.of(200, "text/plain; charset=UTF-8", payload), mayCompress);
    }
  }
}
