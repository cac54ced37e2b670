package io.realtime.verification.conformance;

import io.realtime.socketio.netty.ListenerOptions;
import io.realtime.socketio.netty.NettyListener;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.EngineServer;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.engine.SessionReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.verification.conformance.FixtureMain.Started;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The server of the Engine.IO suite: sends every message back. Socket.IO is not in the way, so this
 * is put together from the parts that the library itself is made of.
 */
final class EngineFixture {
  private static final int LOOPS = 2;

  private EngineFixture() {}

  static Started start(int port, TransportChoice transport, ServerOptions options)
      throws BindException {
    NettyLoops loops = NettyLoops.start(transport.candidates(), LOOPS);
    EngineServer engine =
        new EngineServer(
            options,
            loops.loops().stream().map(HomeLoop::new).toList(),
            EngineHooks.none(),
            new Ids(new SecureRandom()),
            new Tally(LOOPS),
            InstantSource.system(),
            Echo::new);
    NettyListener listener =
        NettyListener.bind(
            loops,
            new EngineDispatch(engine, options.allowEio3()),
            ListenerOptions.defaults().withAddress("127.0.0.1", port));
    return new Started(listener.port(), loops.transport().wireName());
  }

  private record Echo(Connection connection) implements SessionReceiver {
    @Override
    public void onOpen() {
      connection.onFirstNamespace();
    }

    @Override
    public void onText(String text) {
      connection.outlet().send(WirePacket.text(("4" + text).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onBinary(byte[] bytes) {
      connection.outlet().send(WirePacket.binary(bytes));
    }

    @Override
    public void onClose(DisconnectReason reason) {}
  }

  private record EngineDispatch(EngineServer engine, boolean spaced) implements HttpDispatch {
    @Override
    public BodyReceiver onHead(HttpRequest head, HttpExchange exchange) {
      return engine.onHead(head, exchange);
    }

    @Override
    public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
      boolean opens = request.queryFirst("sid").isEmpty();
      engine.onUpgrade(request, spaced && opens ? new SpacedUpgrade(exchange) : exchange);
    }
  }
}
