package io.realtime.socketio.server.core;

import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerStats;
import io.realtime.socketio.server.api.SocketIoServer;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** The Socket.IO server without its listener: what a listener dispatches to. Any thread. */
public final class SocketIoCore implements SocketIoServer, HttpDispatch {

  /**
   * A server whose connections live on {@code loops}.
   *
   * @param loops the loop at position i has index i
   * @param random source of session and socket ids: a {@link java.security.SecureRandom} but in
   *     tests
   */
  public SocketIoCore(
      ServerOptions options,
      List<? extends Loop> loops,
      Admission admission,
      List<PlainRoute> plainRoutes,
      HttpRoutes routes,
      RandomGenerator random) {}

  @Override
  public Namespace of(String name) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public int connectionCount() {
    return 0;
  }

  @Override
  public ServerStats stats() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public CompletionStage<Void> close() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public int maxBodyBytes(HttpRequest head) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public void onRequest(HttpRequest request, HttpExchange exchange) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
    throw new UnsupportedOperationException("not built yet");
  }
}
