package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectRefused;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A namespace that asks for a token, and one for each tenant, made when it is first asked for. */
public final class Namespaces {

  private Namespaces() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, Namespaces::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server
        .of("/admin")
        .use(
            socket ->
                socket.handshake().authText("token").filter("secret"::equals).isPresent()
                    ? CompletableFuture.runAsync(() -> {}, Runnable::run)
                    : CompletableFuture.failedStage(
                        new ConnectRefused("not an admin", Map.of("code", "NO_TOKEN"))))
        .onConnection(socket -> socket.emit("welcome", "admin"));
    server
        .of(Pattern.compile("/tenant-\\d+"))
        .onConnection(socket -> socket.emit("welcome", socket.namespace().name()));
    server.start();
    return server;
  }
}
