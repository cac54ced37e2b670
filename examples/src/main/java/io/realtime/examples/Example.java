package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;

/** How the examples' {@code main} begins. */
final class Example {

  private Example() {}

  /** A program that starts a server. */
  @FunctionalInterface
  interface Program {
    NettySocketIoServer start(int port) throws BindException;
  }

  /** Starts it on the port that the first argument names, 3000 without one. */
  static void run(String[] arguments, Program program) throws BindException {
    NettySocketIoServer server =
        program.start(arguments.length == 0 ? 3_000 : Integer.parseInt(arguments[0]));
    System.out.println("Listening on http://localhost:" + server.port() + "/socket.io/");
  }
}
