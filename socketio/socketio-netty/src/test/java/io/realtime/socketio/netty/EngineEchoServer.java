package io.realtime.socketio.netty;

import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.EngineServer;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.engine.SessionReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The server that the official Engine.IO suite asks for: sends every message back. Arguments: port,
 * transport.
 */
final class EngineEchoServer {
  private EngineEchoServer() {}

  public static void main(String[] arguments) throws Exception {
    NettyLoops loops = NettyLoops.start(TransportChoice.valueOf(arguments[1]).candidates(), 2);
    ServerOptions brief = ConformanceServer.options();
    ServerOptions options =
        new ServerOptions(
            "/engine.io",
            brief.pingInterval(),
            brief.pingTimeout(),
            brief.upgradeTimeout(),
            brief.connectTimeout(),
            brief.maxPayload(),
            brief.transports(),
            brief.allowUpgrades(),
            brief.limits(),
            brief.outbound(),
            brief.cors());
    EngineServer engine =
        new EngineServer(
            options,
            loops.loops().stream().map(HomeLoop::new).toList(),
            request -> Optional.empty(),
            new Ids(new SecureRandom()),
            new Tally(),
            InstantSource.system(),
            Echo::new);
    NettyListener listener =
        NettyListener.bind(
            loops,
            new EngineDispatch(engine, options.maxPayload()),
            ListenerOptions.defaults().withAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    System.out.println("listening on " + listener.port());
    Thread.currentThread().join();
  }

  private record Echo(Connection connection) implements SessionReceiver {
    @Override
    public void onOpen() {
      connection.onFirstNamespace();
    }

    @Override
    public void onText(String text) {
      connection.send(WirePacket.text(("4" + text).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onBinary(byte[] bytes) {
      connection.send(WirePacket.binary(bytes));
    }

    @Override
    public void onClose(DisconnectReason reason) {}
  }

  private record EngineDispatch(EngineServer engine, int maxPayload) implements HttpDispatch {
    @Override
    public int maxBodyBytes(HttpRequest head) {
      return maxPayload;
    }

    @Override
    public void onRequest(HttpRequest request, HttpExchange exchange) {
      if (engine.owns(request.path())) {
        engine.onRequest(request, exchange);
      } else {
        exchange.reply(HttpReply.empty(404));
      }
    }

    @Override
    public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
      engine.onUpgrade(request, exchange);
    }
  }
}
