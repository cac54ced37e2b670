package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.PayloadMapper;
import java.net.BindException;

/** Records instead of maps. */
public final class TypedPayloads {

  private TypedPayloads() {}

  /** What a client asks for. */
  public record Order(String product, int amount) {}

  /** What it is told. */
  public record Receipt(String product, int amount, boolean paid) {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, TypedPayloads::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server =
        NettySocketIoServer.builder().port(port).payloads(PayloadMapper.records()).build();
    server.onConnection(
        socket -> {
          socket.onError(failure -> socket.emit("malformed"));
          socket.on(
              "order",
              Order.class,
              (order, event) ->
                  socket.emit("receipt", new Receipt(order.product(), order.amount(), true)));
        });
    server.start();
    return server;
  }
}
