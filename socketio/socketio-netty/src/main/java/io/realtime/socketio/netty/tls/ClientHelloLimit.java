package io.realtime.socketio.netty.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection that has sent too much before TLS could answer anything, however it is cut
 * into records. Leaves with our first answer.
 */
final class ClientHelloLimit extends ChannelDuplexHandler {
  private final int maxBytes;
  private long read;

  ClientHelloLimit(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      read += bytes.readableBytes();
    }
    if (read > maxBytes) {
      ReferenceCountUtil.release(message);
      var _ = ctx.close();
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    var _ = ctx.write(message, promise);
    ctx.pipeline().remove(this);
  }
}
