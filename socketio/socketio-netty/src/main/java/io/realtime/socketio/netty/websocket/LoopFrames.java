package io.realtime.socketio.netty.websocket;

import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.server.http.MessageDeflate;
import java.util.HashMap;
import java.util.Map;

/** The forms in which the WebSockets of one loop write and read frames. On that loop only. */
public final class LoopFrames {
  private final NettyLoop loop;
  private final FrameForm plain;

  /** As many as the application has settings, that is one. */
  private final Map<MessageDeflate, FrameForm> deflated = new HashMap<>(2);

  public LoopFrames(NettyLoop loop) {
    this.loop = loop;
    this.plain = new FrameForm(new FrameCache(loop, FrameWriter::data), null);
  }

  public FrameForm plain() {
    return plain;
  }

  /** With permessage-deflate. */
  public FrameForm deflated(MessageDeflate settings) {
    return deflated.computeIfAbsent(
        settings,
        fresh ->
            new FrameForm(new FrameCache(loop, new MessageDeflater(fresh)), new MessageInflater()));
  }
}
