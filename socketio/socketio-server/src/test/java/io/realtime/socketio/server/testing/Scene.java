package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import io.realtime.socketio.server.core.Extensions;
import io.realtime.socketio.server.core.SocketIoCore;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A whole server on fake loops, and what a test needs to talk to it. */
public final class Scene {
  public static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  public static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  public final FakeLoops loops;
  public final SocketIoCore core;
  public final FakeListener listener;

  private Scene(Settings settings) {
    loops = new FakeLoops(settings.loopCount);
    core =
        new SocketIoCore(
            settings.options.build(), loops.all(), settings.extensions, new Random(settings.seed));
    listener = new FakeListener(core, loops);
  }

  /** Defaults of the library, but for the official suites' heartbeat: 300 and 200 ms. */
  public static Scene create() {
    return new Settings().scene();
  }

  public static Settings settings() {
    return new Settings();
  }

  /** Opens a polling session and gives its id. */
  public String openPolling() {
    String body = listener.get(POLLING).body();
    int at = body.indexOf("\"sid\":\"") + 7;
    return body.substring(at, at + 20);
  }

  /** The address of a session's polling requests. */
  public static String polling(String sid) {
    return POLLING + "&sid=" + sid;
  }

  public static String webSocket(String sid) {
    return WEBSOCKET + "&sid=" + sid;
  }

  /** A polling client that is in {@code namespace}; its CONNECT answer has been fetched. */
  public String connectPolling(String namespace) {
    String sid = openPolling();
    listener.post(polling(sid), "40" + (namespace.equals("/") ? "" : namespace + ","));
    listener.get(polling(sid));
    return sid;
  }

  /** A client by WebSocket on loop {@code loop}, with only the open packet received. */
  public RecordingChannel openWebSocket(int loop) {
    RecordingChannel channel = listener.upgrade(WEBSOCKET, loop).channel();
    channel.take();
    return channel;
  }

  /** A client by WebSocket that is in {@code /}. */
  public RecordingChannel connectWebSocket(int loop) {
    RecordingChannel channel = openWebSocket(loop);
    text(channel, loop, "40");
    channel.take();
    return channel;
  }

  /** The client sends a text frame. */
  public void text(RecordingChannel channel, int loop, String frame) {
    loops.in(loop, () -> channel.events().onText(frame));
  }

  private static final class ApplicationRoutes implements HttpRoutes {
    @Override
    public int maxBodyBytes(HttpRequest head) {
      return 77;
    }

    @Override
    public void onRequest(HttpRequest request, HttpExchange exchange) {
      exchange.reply(HttpReply.text(200, "application"));
    }
  }

  /** What differs from the defaults. */
  public static final class Settings {
    private final ServerOptions.Builder options =
        ServerOptions.builder().heartbeat(Duration.ofMillis(300), Duration.ofMillis(200));
    private int loopCount = 1;
    private long seed = 7;
    private Extensions extensions = Extensions.none().withRoutes(new ApplicationRoutes());

    /** Of the ids: scenes that meet in a cluster need different ones. */
    public Settings seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    public Settings loops(int count) {
      loopCount = count;
      return this;
    }

    /** Changes what has no method here. */
    public Settings with(Consumer<ServerOptions.Builder> change) {
      change.accept(options);
      return this;
    }

    public Settings heartbeat(Duration interval, Duration timeout) {
      return with(options -> options.heartbeat(interval, timeout));
    }

    public Settings maxPayload(int bytes) {
      return with(options -> options.maxPayload(bytes));
    }

    public Settings withoutUpgrades() {
      return with(options -> options.allowUpgrades(false));
    }

    public Settings outbound(int maxBytes, int maxPackets, Duration maxAge) {
      return with(options -> options.outbound(new OutboundLimits(maxBytes, maxPackets, maxAge)));
    }

    public Settings cors(CorsPolicy policy) {
      return with(options -> options.cors(policy));
    }

    public Settings admission(Admission decides) {
      return hooks(hooks -> hooks.withAdmission(decides));
    }

    public Settings hooks(UnaryOperator<EngineHooks> change) {
      extensions = extensions.withHooks(change.apply(extensions.hooks()));
      return this;
    }

    public Settings plain(PlainRoute route) {
      List<PlainRoute> routes = new ArrayList<>(extensions.plainRoutes());
      routes.add(route);
      extensions = extensions.withPlainRoutes(routes);
      return this;
    }

    public Settings payloads(PayloadMapper payloads) {
      extensions = extensions.withPayloads(payloads);
      return this;
    }

    public Settings adapters(AdapterFactory adapters) {
      extensions = extensions.withAdapters(adapters);
      return this;
    }

    public Scene scene() {
      return new Scene(this);
    }
  }
}
