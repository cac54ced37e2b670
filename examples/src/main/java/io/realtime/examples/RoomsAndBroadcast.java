package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;

/** A chat with rooms: what one says in a room, all others in it hear. */
public final class RoomsAndBroadcast {

  private RoomsAndBroadcast() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, RoomsAndBroadcast::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).build();
    server.onConnection(
        socket -> {
          socket.on(
              "enter",
              event -> {
                String room = String.valueOf(event.arguments().getFirst());
                socket.join(room);
                event.ack().send("in " + room);
              });
          socket.on(
              "chat",
              event -> {
                String room = String.valueOf(event.arguments().getFirst());
                socket.to(room).emit("chat", event.arguments().getLast());
              });
          socket.on("everyone", event -> server.except(socket.id()).emit("news", "for all"));
        });
    server.start();
    return server;
  }
}
