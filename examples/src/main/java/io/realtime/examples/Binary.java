package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;
import java.util.Map;

/** Bytes in both directions, also within objects. */
public final class Binary {

  private Binary() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, Binary::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket ->
            socket.on(
                "upload",
                event -> {
                  if (event.arguments().getFirst() instanceof byte[] bytes) {
                    socket.emit("stored", Map.of("size", bytes.length, "copy", bytes));
                  }
                }));
    server.start();
    return server;
  }
}
