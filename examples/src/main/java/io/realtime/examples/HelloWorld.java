package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;

/** Greets whoever connects, and says back what it hears. */
public final class HelloWorld {

  private HelloWorld() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, HelloWorld::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          socket.emit("hello", "world");
          socket.on("say", event -> socket.emit("said", event.arguments().toArray()));
        });
    server.start();
    return server;
  }
}
