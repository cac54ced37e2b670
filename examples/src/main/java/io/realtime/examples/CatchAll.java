package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Listeners for whatever comes and goes, and a middleware for events. */
public final class CatchAll {

  private CatchAll() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, CatchAll::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          AtomicInteger sent = new AtomicInteger();
          socket.onAnyOutgoing((event, arguments) -> sent.incrementAndGet());
          socket.use(
              event ->
                  event.name().startsWith("secret")
                      ? CompletableFuture.failedStage(new IllegalArgumentException("no secrets"))
                      : CompletableFuture.runAsync(() -> {}, Runnable::run));
          socket.onError(failure -> socket.emit("refused", String.valueOf(failure.getMessage())));
          socket.onAny(event -> socket.emit("heard", event.name(), sent.get()));
        });
    server.start();
    return server;
  }
}
