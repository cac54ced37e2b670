package io.realtime.socketio.netty;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * The server that the official Socket.IO suite asks for: prints its port and runs until it is
 * stopped. Arguments: port, transport, and {@code node} for Node's default heartbeat.
 */
final class ConformanceServer {
  private ConformanceServer() {}

  public static void main(String[] arguments) throws Exception {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(arguments[0]))
            .transport(TransportChoice.valueOf(arguments[1]))
            .options(
                arguments.length > 2 && arguments[2].equals("node")
                    ? ServerOptions.defaults()
                    : options())
            .build();
    Namespace main = server.of("/");
    main.onConnection(
        socket -> {
          greet(socket);
          echo(socket);
        });
    server.of("/custom").onConnection(ConformanceServer::greet);
    server.start();
    System.out.println("listening on " + server.port() + " by " + server.transportName());
    Thread.currentThread().join();
  }

  /** Short heartbeats, so that the suite need not wait for Node's defaults. */
  static ServerOptions options() {
    ServerOptions defaults = ServerOptions.defaults();
    return new ServerOptions(
        defaults.path(),
        Duration.ofMillis(300),
        Duration.ofMillis(200),
        defaults.upgradeTimeout(),
        Duration.ofSeconds(1),
        defaults.maxPayload(),
        defaults.transports(),
        defaults.allowUpgrades(),
        defaults.limits(),
        defaults.outbound(),
        Optional.of(new CorsPolicy.Any()));
  }

  private static void greet(Socket socket) {
    socket.emit("auth", socket.handshake().auth());
  }

  private static void echo(Socket socket) {
    socket.on("message", event -> socket.emit("message-back", event.arguments().toArray()));
    socket.on("message-with-ack", event -> event.ack().send(event.arguments().toArray()));
  }
}
