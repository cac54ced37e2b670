package io.realtime.verification.bench.server;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import java.util.Locale;

/**
 * Our server, complete: sessions, everybody in a room for all and in one of its user, acks,
 * recovery. Argument: the transport.
 */
public final class OurServer implements Commands.Driven {
  private final NettySocketIoServer server;
  private final Namespace namespace;

  private OurServer(NettySocketIoServer server, Namespace namespace) {
    this.server = server;
    this.namespace = namespace;
  }

  public static void main(String[] arguments) throws Exception {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .transport(TransportChoice.valueOf(arguments[0].toUpperCase(Locale.ROOT)))
            .options(
                ServerOptions.builder()
                    .connectionStateRecovery(ConnectionStateRecovery.inMemory())
                    .build())
            .build();
    Namespace namespace = server.of("/");
    namespace.onConnection(OurServer::onConnection);
    server.start();
    Commands.serve(server.port(), server.transportName(), new OurServer(server, namespace));
  }

  private static void onConnection(Socket socket) {
    String user = socket.handshake().request().queryFirst("user").orElse("nobody");
    socket.join("all", "user:" + user);
    socket.on("echo", event -> event.ack().send(event.arguments().toArray()));
    socket.emit("ready");
  }

  @Override
  public void broadcast(long stamp) {
    namespace.to("all").emit("order", Commands.payload(0, stamp));
  }

  /** Batched by the caller. */
  @Override
  public void direct(int from, int to, long stamp) {
    server.batch(
        () -> {
          for (int user = from; user < to; user++) {
            namespace.to("user:" + user).emit("order", Commands.payload(user, stamp));
          }
        });
  }
}
