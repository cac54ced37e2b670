package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A WebSocket of which a test is the other end. */
public final class RecordingChannel implements WebSocketChannel {
  private final Loop home;
  private final WebSocketEvents events;
  private final List<Frame> frames = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<byte[]> pings = new ArrayList<>();
  private List<String> unflushed = new ArrayList<>();
  private boolean writable = true;
  private int flushes;
  private String ending = "";
  private boolean reportsEndAtOnce;
  private boolean countsOnly;
  private int counted;

  RecordingChannel(Loop home, WebSocketEvents events) {
    this.home = home;
    this.events = events;
  }

  /** What was flushed since the last call: text as it is, bytes as {@code <hex>}. */
  public List<String> take() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** Counts frames from here on and keeps none: for tests of what sending them costs. */
  public void countOnly() {
    countsOnly = true;
  }

  /** Frames that were written since {@link #countOnly}. */
  public int counted() {
    return counted;
  }

  /** All frames that were ever written. */
  public List<Frame> frames() {
    return frames;
  }

  /** Payloads of the pings of RFC 6455. */
  public List<byte[]> pings() {
    return pings;
  }

  public int flushes() {
    return flushes;
  }

  /** How the server ended it: {@code close}, {@code close CODE REASON}, {@code abort}, or empty. */
  public String ending() {
    return ending;
  }

  /** Whether the client keeps up; on the home loop. */
  public void setWritable(boolean nowWritable) {
    writable = nowWritable;
    if (nowWritable) {
      events.onWritable();
    }
  }

  /** Has the server's own ending reported from within the call that asks for it. */
  public void reportEndAtOnce() {
    reportsEndAtOnce = true;
  }

  /** Where what the client does is to be reported. */
  public Loop home() {
    return home;
  }

  public WebSocketEvents events() {
    return events;
  }

  @Override
  public void write(Frame frame) {
    if (countsOnly) {
      counted++;
      return;
    }
    frames.add(frame);
    unflushed.add(
        frame.binary()
            ? "<" + HexFormat.of().formatHex(frame.payload()) + ">"
            : new String(frame.payload(), StandardCharsets.UTF_8));
  }

  @Override
  public void ping(byte[] payload) {
    pings.add(payload);
    unflushed.add("ping");
  }

  @Override
  public void flush() {
    flushes++;
    if (countsOnly) {
      return;
    }
    sent.addAll(unflushed);
    unflushed = new ArrayList<>();
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public long pendingBytes() {
    return writable ? 0 : Long.MAX_VALUE;
  }

  @Override
  public void close(int code, String reason) {
    end("close " + code + " " + reason);
  }

  @Override
  public void close() {
    end("close");
  }

  @Override
  public void abort() {
    end("abort");
  }

  private void end(String how) {
    flush();
    if (ending.isEmpty()) {
      ending = how;
      if (reportsEndAtOnce) {
        events.onClose(1006);
      }
    }
  }
}
