package io.realtime.socketio.netty.tls;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

/** The end of what a connection sends, and what a peer does to it, with and without TLS. */
public final class LastBytes {
  private LastBytes() {}

  /** Says that nothing more will be sent, behind what is written; reading goes on. On the loop. */
  public static void sent(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutdown(channel);
    } else {
      var _ = tls.closeOutbound().addListener(told -> shutdown(channel));
    }
  }

  private static void shutdown(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
    }
  }

  /** Whether the peer or the network caused {@code failure}: nothing that a log should shout of. */
  public static boolean isPeersFault(Throwable failure) {
    return failure instanceof IOException || failure instanceof DecoderException;
  }
}
