package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.api.SessionKeeper.Missed;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The application keeps events and sessions itself, here one list for one user: its position is the
 * number of the event, as text, and an old connection of the session is taken over.
 */
public final class OwnSessions {
  private static final String SOCKET_ID = "user-1-socket-000000";
  private static final String PID = "user-1-secret";

  private final List<String> events = new ArrayList<>();

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, port -> new OwnSessions().start(port));
  }

  NettySocketIoServer start(int port) throws BindException {
    ServerOptions options =
        ServerOptions.builder()
            .connectionStateRecovery(
                ConnectionStateRecovery.keptBy(
                    (handshake, claim) -> CompletableFuture.completedFuture(arrive(claim))))
            .build();
    NettySocketIoServer server = NettySocketIoServer.builder().port(port).options(options).build();
    server.onConnection(
        socket -> socket.on("add", event -> add(server, String.valueOf(event.arguments().get(0)))));
    server.start();
    return server;
  }

  private synchronized void add(NettySocketIoServer server, String text) {
    events.add(text);
    server.emit("event", text, position(events.size()));
  }

  private synchronized Arrival arrive(Optional<Claim> claim) {
    if (claim.isEmpty() || !claim.get().pid().equals(PID)) {
      return new Arrival.New(Optional.of(PID));
    }
    int known = Integer.parseInt(claim.get().offset());
    List<Missed> missed = new ArrayList<>();
    for (int i = known; i < events.size(); i++) {
      Message message = Message.of("event", events.get(i), position(i + 1));
      missed.add(new Missed(message, OptionalLong.empty()));
    }
    return new Arrival.Returned(SOCKET_ID, PID, Set.of(), Map.of(), missed);
  }

  private static String position(int number) {
    return String.valueOf(number);
  }
}
