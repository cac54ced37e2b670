package io.realtime.verification.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client by WebSocket, as small as can be. On the swarm's loop. */
final class SwarmSocket extends ByteToMessageDecoder {
  private static final byte[] UPGRADE =
      String.join(
              "\r\n",
              "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
              "Host: localhost",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "",
              "")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMED = '"' | 't' << 8 | '"' << 16;

  private final Swarm swarm;
  private final boolean slow;
  private @Nullable ChannelHandlerContext context;
  private boolean open;
  private boolean joined;
  private int timed;

  /**
   * @param slow reads nothing once it is connected
   */
  SwarmSocket(Swarm swarm, boolean slow) {
    this.swarm = swarm;
    this.slow = slow;
  }

  /** Events {@code t} since the last reset. */
  int timed() {
    return timed;
  }

  void reset() {
    timed = 0;
  }

  boolean joined() {
    return joined;
  }

  void send(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ChannelHandlerContext active = active();
    ByteBuf frame = active.alloc().buffer(payload.length + 6);
    frame.writeByte(0x81).writeByte(0x80 | payload.length).writeInt(0).writeBytes(payload);
    var _ = active.writeAndFlush(frame);
  }

  private ChannelHandlerContext active() {
    return Objects.requireNonNull(context, "not connected");
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    var _ = active.writeAndFlush(active.alloc().buffer(UPGRADE.length).writeBytes(UPGRADE));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!open) {
      ByteBuf end = ctx.alloc().buffer(4).writeBytes(END_OF_HEAD);
      int at = ByteBufUtil.indexOf(end, in);
      end.release();
      if (at >= 0) {
        open = true;
        in.readerIndex(at + END_OF_HEAD.length);
      }
      return;
    }
    if (in.readableBytes() < 2) {
      return;
    }
    int start = in.readerIndex();
    int opcode = in.getByte(start) & 0x0F;
    int length = in.getByte(start + 1) & 0x7F;
    int header = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (in.readableBytes() < header) {
      return;
    }
    if (length == 126) {
      length = in.getUnsignedShort(start + 2);
    } else if (length == 127) {
      length = Math.toIntExact(in.getLong(start + 2));
    }
    if (in.readableBytes() >= header + length) {
      if (opcode == 1) {
        onText(in, start + header, length);
      }
      in.readerIndex(start + header + length);
    }
  }

  private void onText(ByteBuf in, int at, int length) {
    int type = in.getByte(at);
    if (type == '0') {
      send("40");
    } else if (type == '2') {
      send("3");
    } else if (length > 1 && type == '4') {
      switch (in.getByte(at + 1)) {
        case '0' -> onJoined();
        case '2' -> onEvent(in, at + 3);
        case '3' -> swarm.onAck();
        default -> throw new IllegalStateException("a packet that no test asks for");
      }
    }
  }

  private void onJoined() {
    joined = true;
    if (slow) {
      active().channel().config().setAutoRead(false);
    }
    swarm.onJoined();
  }

  /** {@code "t",<nanos>,...} or another event. */
  private void onEvent(ByteBuf in, int name) {
    if (in.getMediumLE(name) != TIMED) {
      return;
    }
    long sent = 0;
    for (int i = name + 4; in.getByte(i) != ','; i++) {
      sent = sent * 10 + in.getByte(i) - '0';
    }
    timed++;
    swarm.onTimed(System.nanoTime() - sent);
  }

  /** The decoder above asks for more when nothing came of what was read. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (!slow || !joined) {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    joined = false;
    swarm.onEnd();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // the server has cut it
  }
}
