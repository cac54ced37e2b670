package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.revision.BytesForm;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.WebSocketChannel;
import java.util.function.Consumer;

/**
 * Writes to a WebSocket while less than its high-water mark waits in it; the rest waits in the
 * outbox, where it is bounded.
 */
final class FrameCarrier implements Carrier {
  private final WebSocketChannel channel;
  private final BytesForm bytesForm;
  private final Consumer<WebSocketChannel> beat;

  /**
   * @param bytesForm how binary messages are written
   * @param beat writes our part of the heartbeat in the connection's own form
   */
  FrameCarrier(WebSocketChannel channel, BytesForm bytesForm, Consumer<WebSocketChannel> beat) {
    this.channel = channel;
    this.bytesForm = bytesForm;
    this.beat = beat;
  }

  @Override
  public WebSocketChannel channel() {
    return channel;
  }

  @Override
  public boolean takesVolatile() {
    return channel.writable();
  }

  @Override
  public void write(WirePacket packet) {
    for (Frame frame : packet.frames(bytesForm)) {
      channel.write(frame);
    }
  }

  @Override
  public void flush(Outlet outlet) {
    while (outlet.waits() && channel.writable()) {
      takeFirst(outlet);
    }
    if (outlet.wantsBeat() && channel.writable()) {
      beat.accept(channel);
      outlet.onBeatWritten();
    }
    channel.flush();
  }

  /** Hands over everything, however slow the client is: only before a close. */
  void drain(Outlet outlet) {
    while (outlet.waits()) {
      takeFirst(outlet);
    }
    channel.flush();
  }

  private void takeFirst(Outlet outlet) {
    Outbox outbox = outlet.outbox();
    int sent = outbox.sentFrames();
    Outbox.Waiting first = outbox.take();
    WirePacket packet = first.packet();
    for (Frame frame : packet.frames(bytesForm).subList(sent, packet.frameCount())) {
      channel.write(frame);
    }
    outlet.onWritten(packet, first.receiver(), first.mark());
  }
}
