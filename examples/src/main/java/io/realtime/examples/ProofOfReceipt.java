package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.Message;
import java.net.BindException;

/** Knows what its clients have received, without a word of their own, and can ask at once. */
public final class ProofOfReceipt {

  private ProofOfReceipt() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, ProofOfReceipt::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          socket.onProven(mark -> socket.emit("has everything up to", mark));
          socket.onAlive(() -> socket.emit("is alive"));
          socket.emit(Message.of("order", "o-1"), 1);
          socket.emit(Message.of("order", "o-2"), 2);
          socket.on("ping me", event -> socket.pingNow());
        });
    server.start();
    return server;
  }
}
