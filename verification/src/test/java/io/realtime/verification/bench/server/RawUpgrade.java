package io.realtime.verification.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes any request for a WebSocket of a user; what comes later is thrown away unread. */
final class RawUpgrade extends ChannelInboundHandlerAdapter {
  private static final String RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern USER = Pattern.compile("[?&]user=(\\d+)");
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");

  private final RawLoop loop;
  private StringBuilder head = new StringBuilder();

  private RawUpgrade(RawLoop loop) {
    this.loop = loop;
  }

  static void await(Channel channel, RawLoop loop) {
    channel.pipeline().addLast(new RawUpgrade(loop));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    head.append(((ByteBuf) message).toString(StandardCharsets.US_ASCII));
    ReferenceCountUtil.release(message);
    if (head.indexOf("\r\n\r\n") >= 0) {
      var _ = ctx.write(Unpooled.copiedBuffer(answer(first(KEY)), StandardCharsets.US_ASCII));
      loop.add(Integer.parseInt(first(USER)), ctx.channel());
      ctx.pipeline().replace(this, null, new Deaf(loop));
      var _ = ctx.channel().writeAndFlush(RawServer.textFrame("42[\"ready\"]"));
    }
  }

  private String first(Pattern pattern) {
    Matcher matcher = pattern.matcher(head);
    if (!matcher.find()) {
      throw new IllegalArgumentException("request without " + pattern);
    }
    return matcher.group(1);
  }

  private static String answer(String key) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept(key)
        + "\r\n\r\n";
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + RFC_6455).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An open WebSocket. */
  private static final class Deaf extends ChannelInboundHandlerAdapter {
    private final RawLoop loop;

    Deaf(RawLoop loop) {
      this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      loop.remove(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var _ = ctx.close();
    }
  }
}
