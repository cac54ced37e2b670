package io.realtime.verification.conformance;

import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.ServerOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.Locale;

/**
 * Starts one fixture, warms it up, prints {@code listening on PORT by TRANSPORT} and serves until
 * the process is ended. Arguments: {@code engine}, {@code engine3} (which serves revision 3 as
 * well), {@code socket} or {@code client}, the port (0 for any), and {@code auto}, {@code
 * io_uring}, {@code epoll} or {@code nio}.
 */
final class FixtureMain {
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private FixtureMain() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      fail(
          "arguments: "
              + arguments.length
              + " (expected: engine|engine3|socket|client PORT TRANSPORT)");
    }
    int port = Integer.parseInt(arguments[1]);
    TransportChoice transport = TransportChoice.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    try {
      Started started =
          switch (arguments[0]) {
            case "engine" -> EngineFixture.start(port, transport, options("/engine.io").build());
            case "engine3" ->
                EngineFixture.start(port, transport, options("/engine.io").allowEio3(true).build());
            case "socket" -> SocketFixture.start(port, transport, options("/socket.io").build());
            case "client" -> ClientFixture.start(port, transport);
            default -> throw new IllegalArgumentException("no such fixture: " + arguments[0]);
          };
      new WarmUp(started.port(), WarmUp.Kind.of(arguments[0])).run(WARM_UP);
      System.out.println("listening on " + started.port() + " by " + started.transport());
    } catch (BindException | IllegalStateException failure) {
      fail(String.valueOf(failure.getMessage()));
    }
    Thread.currentThread().join();
  }

  /** What the suites ask for: heartbeats of 300 and 200 ms, a short wait for a namespace. */
  private static ServerOptions.Builder options(String path) {
    return ServerOptions.builder()
        .path(path)
        .heartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
        .connectTimeout(Duration.ofSeconds(1))
        .cors(CorsPolicy.any());
  }

  private static void fail(String line) {
    System.err.println(line);
    System.exit(1);
  }

  /**
   * A fixture that serves.
   *
   * @param transport the kind of event loop that it got
   */
  record Started(int port, String transport) {}
}
