package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.Admission.Decision;
import io.realtime.socketio.server.api.HoldLimits;
import io.realtime.socketio.server.api.ServerOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Holds handshakes until the application is ready for them; one too many is answered 503. */
public final class HeldHandshakes {
  private final CompletableFuture<Decision> ready = new CompletableFuture<>();

  public static void main(String[] arguments) throws BindException {
    HeldHandshakes example = new HeldHandshakes();
    Example.run(arguments, example::start);
    example.open();
  }

  NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .port(port)
            .options(
                ServerOptions.builder().hold(new HoldLimits(1, Duration.ofSeconds(10))).build())
            .admission(request -> ready.copy()) // its own: it is cancelled with the request
            .build();
    server.start();
    return server;
  }

  /** Whoever waits may come in. */
  void open() {
    ready.complete(Decision.ADMIT);
  }
}
