package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.Message;
import java.net.BindException;
import java.util.Map;

/** Stock levels: a client that reads too slowly ends with the latest value of each product. */
public final class LatestValue {

  private LatestValue() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, LatestValue::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket ->
            socket.on(
                "sell",
                event -> {
                  for (int stock = 99; stock >= 0; stock--) {
                    server.emit(
                        Message.of("stock", Map.of("stock", stock)).conflatedBy("product-1"));
                  }
                  server.volatileOnly().emit("sold out");
                }));
    server.start();
    return server;
  }
}
