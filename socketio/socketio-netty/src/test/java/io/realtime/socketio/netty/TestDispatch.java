package io.realtime.socketio.netty;

import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** An application whose parts a test replaces; by default it echoes the body. */
public final class TestDispatch implements HttpDispatch {
  public static final int BODY_LIMIT = 1_000;

  public final Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
  public volatile BiConsumer<HttpRequest, HttpExchange> onRequest =
      (request, exchange) ->
          exchange.reply(
              HttpReply.text(
                  200,
                  request.method()
                      + " "
                      + request.path()
                      + " "
                      + new String(request.body(), StandardCharsets.UTF_8)));
  public volatile BiFunction<HttpRequest, HttpExchange, BodyReceiver> onHead = this::whole;
  public volatile BiConsumer<HttpRequest, UpgradeExchange> onUpgrade =
      (request, exchange) -> exchange.refuse(HttpReply.text(403, "no"));

  @Override
  public BodyReceiver onHead(HttpRequest head, HttpExchange exchange) {
    return onHead.apply(head, exchange);
  }

  private BodyReceiver whole(HttpRequest head, HttpExchange exchange) {
    return new BodyReceiver() {
      @Override
      public int maxBytes() {
        return BODY_LIMIT;
      }

      @Override
      public void onBody(byte[] body) {
        HttpRequest request = head.withBody(body);
        requests.add(request);
        onRequest.accept(request, exchange);
      }

      @Override
      public HttpReply tooLarge() {
        return HttpReply.empty(413).withHeader("x-too-large", "yes");
      }
    };
  }

  @Override
  public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
    requests.add(request);
    onUpgrade.accept(request, exchange);
  }
}
