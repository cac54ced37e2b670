package io.realtime.examples;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.BindException;

/** HTTP of the application on the same port, and browsers of another origin. */
public final class HttpBeside {

  private HttpBeside() {}

  public static void main(String[] arguments) throws BindException {
    Example.run(arguments, HttpBeside::start);
  }

  static NettySocketIoServer start(int port) throws BindException {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .port(port)
            .options(
                ServerOptions.builder()
                    .cors(CorsPolicy.origin("https://shop.example").withCredentials())
                    .build())
            .routes(new Routes())
            .build();
    server.start();
    return server;
  }

  private static final class Routes implements HttpRoutes {
    @Override
    public int maxBodyBytes(HttpRequest head) {
      return 0;
    }

    @Override
    public void onRequest(HttpRequest request, HttpExchange exchange) {
      exchange.reply(
          request.path().equals("/health") ? HttpReply.text(200, "ok") : HttpReply.empty(404));
    }
  }
}
