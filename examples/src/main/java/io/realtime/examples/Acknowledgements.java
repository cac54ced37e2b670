package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.AnswersMissingException;
import java.net.BindException;
import java.time.Duration;

/** Questions both ways: to a client, from a client, and to everyone. */
public final class Acknowledgements {

  private Acknowledgements() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, Acknowledgements::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          socket.on("sum", event -> event.ack().send(event.arguments().size()));
          socket.on(
              "ask me",
              event ->
                  socket
                      .timeout(Duration.ofSeconds(5))
                      .emitWithAck("how are you?")
                      .thenAccept(answer -> socket.emit("you said", answer.getFirst())));
          socket.on(
              "ask everyone",
              event ->
                  server
                      .timeout(Duration.ofSeconds(1))
                      .emitWithAck("who is there?")
                      .whenComplete(
                          (answers, failure) ->
                              socket.emit(
                                  "answers",
                                  failure != null
                                          && failure.getCause()
                                              instanceof AnswersMissingException missing
                                      ? missing.answers().size()
                                      : answers.size())));
        });
    server.start();
    return server;
  }
}
