package io.realtime.socketio.server.core;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.adapter.LocalAdapter;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.List;

/**
 * What an application plugs into a server. Immutable.
 *
 * @param hooks where the application takes part in Engine.IO's HTTP
 * @param plainRoutes where plain WebSockets are accepted
 * @param routes the application's HTTP
 * @param adapters the way to the other nodes of a cluster
 * @param payloads between the application's types and JDK values
 */
public record Extensions(
    EngineHooks hooks,
    List<PlainRoute> plainRoutes,
    HttpRoutes routes,
    AdapterFactory adapters,
    PayloadMapper payloads) {

  public Extensions {
    plainRoutes = List.copyOf(plainRoutes);
  }

  /** Everybody may connect, there is nothing but Socket.IO, and one node. */
  public static Extensions none() {
    return new Extensions(
        EngineHooks.none(),
        List.of(),
        new NothingHere(),
        LocalAdapter::new,
        PayloadMapper.values());
  }

  public Extensions withHooks(EngineHooks changed) {
    return new Extensions(changed, plainRoutes, routes, adapters, payloads);
  }

  public Extensions withPlainRoutes(List<PlainRoute> changed) {
    return new Extensions(hooks, changed, routes, adapters, payloads);
  }

  public Extensions withRoutes(HttpRoutes changed) {
    return new Extensions(hooks, plainRoutes, changed, adapters, payloads);
  }

  public Extensions withAdapters(AdapterFactory changed) {
    return new Extensions(hooks, plainRoutes, routes, changed, payloads);
  }

  public Extensions withPayloads(PayloadMapper changed) {
    return new Extensions(hooks, plainRoutes, routes, adapters, changed);
  }

  private static final class NothingHere implements HttpRoutes {
    @Override
    public int maxBodyBytes(HttpRequest head) {
      return 0;
    }

    @Override
    public void onRequest(HttpRequest request, HttpExchange exchange) {
      exchange.reply(HttpReply.empty(404));
    }
  }
}
