package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.DisconnectReason;
import java.net.BindException;

/** Closes a connection for a reason of its own, after which the client comes back by itself. */
public final class NamedReasons {
  static final DisconnectReason TOKEN_EXPIRED = DisconnectReason.named("token expired");

  private NamedReasons() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, NamedReasons::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          socket.onDisconnect(reason -> server.emit("left", reason.text()));
          socket.on("my token is old", event -> socket.closeTransport(TOKEN_EXPIRED));
        });
    server.start();
    return server;
  }
}
