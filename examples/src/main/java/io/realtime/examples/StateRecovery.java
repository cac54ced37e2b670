package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.ServerOptions;
import java.net.BindException;
import java.time.Duration;

/** A client that lost its connection gets what it missed, and its session back. */
public final class StateRecovery {

  private StateRecovery() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, StateRecovery::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    ServerOptions options =
        ServerOptions.builder()
            .connectionStateRecovery(
                ConnectionStateRecovery.inMemory()
                    .withMaxDisconnectionDuration(Duration.ofMinutes(2))
                    .withIdentity(handshake -> handshake.authText("user").orElse("guest")))
            .build();
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).options(options).build();
    server.onConnection(
        socket -> {
          socket.emit(socket.recovered() ? "welcome back" : "welcome");
          socket.on("tell everyone", event -> server.emit("news", event.arguments().toArray()));
        });
    server.start();
    return server;
  }
}
