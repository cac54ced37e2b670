package io.realtime.verification.conformance;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import io.realtime.verification.conformance.FixtureMain.Started;
import java.net.BindException;

/**
 * The server of the Socket.IO suite: tells every socket its auth, and sends messages back, as an
 * event or as an ack, in the main namespace.
 */
final class SocketFixture {
  private SocketFixture() {}

  static Started start(int port, TransportChoice transport, ServerOptions options)
      throws BindException {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .port(port)
            .transport(transport)
            .options(options)
            .build();
    server
        .of("/")
        .onConnection(
            socket -> {
              greet(socket);
              echo(socket);
            });
    server.of("/custom").onConnection(SocketFixture::greet);
    server.start();
    return new Started(server.port(), server.transportName());
  }

  private static void greet(Socket socket) {
    socket.emit("auth", socket.handshake().auth());
  }

  private static void echo(Socket socket) {
    socket.on("message", event -> socket.emit("message-back", event.arguments().toArray()));
    socket.on("message-with-ack", event -> event.ack().send(event.arguments().toArray()));
  }
}
