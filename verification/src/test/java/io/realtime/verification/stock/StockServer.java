package io.realtime.verification.stock;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the stock clients talk to. */
final class StockServer implements AutoCloseable {
  private static final byte[] BYTES = {4, 5, 6};

  private final NettySocketIoServer server;

  StockServer(PacketParser parser) {
    server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .options(
                ServerOptions.builder()
                    .allowEio3(true)
                    .parser(parser)
                    .heartbeat(Duration.ofMillis(500), Duration.ofSeconds(4))
                    .build())
            .build();
    server.of("/").onConnection(this::serve);
    server
        .of("/custom")
        .onConnection(
            socket -> {
              socket.emit("auth", socket.handshake().auth());
              answer(socket);
            });
    server
        .of("/closed")
        .use(
            socket ->
                CompletableFuture.failedStage(
                    new ConnectRefused("not for you", Map.of("code", 42))));
    try {
      server.start();
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void serve(Socket socket) {
    answer(socket);
    socket.on("echo", event -> socket.emit("echoed", event.arguments().toArray()));
    socket.on("shout", event -> server.of("/").emit("shouted", BYTES, "all"));
    socket.on("throw-me-out", event -> socket.disconnect(false));
    socket.on(
        "cut-me",
        event -> {
          event.ack().send();
          socket.closeTransport(DisconnectReason.TRANSPORT_CLOSE);
        });
    socket.on(
        "question-me",
        event -> {
          var _ =
              socket
                  .emitWithAck(Duration.ofSeconds(10), "question", (Object) BYTES)
                  .thenAccept(answer -> event.ack().send(answer.toArray()));
        });
  }

  private static void answer(Socket socket) {
    socket.on("ask", event -> event.ack().send(event.arguments().toArray()));
  }

  @Override
  public void close() {
    try {
      server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the server did not close", e);
    }
  }
}
