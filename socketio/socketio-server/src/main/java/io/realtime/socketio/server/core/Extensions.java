package io.realtime.socketio.server.core;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.adapter.LocalAdapter;
import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * What an application plugs into a server. Immutable.
 *
 * @param admission who may open a connection
 * @param plainRoutes where plain WebSockets are accepted
 * @param routes the application's HTTP
 * @param adapters the way to the other nodes of a cluster
 */
public record Extensions(
    Admission admission, List<PlainRoute> plainRoutes, HttpRoutes routes, AdapterFactory adapters) {

  public Extensions {
    plainRoutes = List.copyOf(plainRoutes);
  }

  /** Everybody may connect, there is nothing but Socket.IO, and one node. */
  public static Extensions none() {
    return new Extensions(
        request -> Optional.empty(), List.of(), new NothingHere(), LocalAdapter::new);
  }

  public Extensions withAdmission(Admission changed) {
    return new Extensions(changed, plainRoutes, routes, adapters);
  }

  public Extensions withPlainRoutes(List<PlainRoute> changed) {
    return new Extensions(admission, changed, routes, adapters);
  }

  public Extensions withRoutes(HttpRoutes changed) {
    return new Extensions(admission, plainRoutes, changed, adapters);
  }

  public Extensions withAdapters(AdapterFactory changed) {
    return new Extensions(admission, plainRoutes, routes, changed);
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
