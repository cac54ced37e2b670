package io.realtime.verification.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.protocol.msgpack.MessagePackParser;
import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.verification.harness.Browser;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page in a browser with the client that our own server serves, each build of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedClientTest {
  private final Browser browser = Browser.launch();

  @AfterAll
  void close() {
    browser.close();
  }

  @ParameterizedTest
  @CsvSource({
    "socket.io.js, false",
    "socket.io.min.js, false",
    "socket.io.msgpack.min.js, true",
    "socket.io.esm.min.js, false",
  })
  void page_withTheServedClient_talksToItsServer(String build, boolean msgpack) throws Exception {
    boolean module = build.contains("esm");
    String page =
        """
        <!doctype html><link rel=icon href=data:,><p></p>
        %s<script type="module">
        %sconst socket = io();
        socket.emit("ask", "h\u00e9llo", (answer) => {
          document.querySelector("p").textContent = "answered " + answer;
        });
        </script>"""
            .formatted(
                module ? "" : "<script src=\"/socket.io/" + build + "\"></script>",
                module ? "import { io } from \"/socket.io/" + build + "\";\n" : "");
    NettySocketIoServer server =
        serve(page, msgpack ? new MessagePackParser() : new JsonPacketParser());
    try (Browser.Page tab =
        browser.open("http://127.0.0.1:" + server.port() + "/", Browser.View.DESKTOP)) {
      tab.awaitText("p", "answered h\u00e9llo");
      assertThat(tab.problems()).isEmpty();
    } finally {
      server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static NettySocketIoServer serve(String page, PacketParser parser) throws Exception {
    NettySocketIoServer server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .options(ServerOptions.builder().parser(parser).build())
            .routes(new OnePage(page))
            .build();
    server.onConnection(
        socket -> socket.on("ask", event -> event.ack().send(event.arguments().toArray())));
    server.start();
    return server;
  }

  private record OnePage(String page) implements HttpRoutes {
    @Override
    public int maxBodyBytes(HttpRequest head) {
      return 0;
    }

    @Override
    public void onRequest(HttpRequest request, HttpExchange exchange) {
      exchange.reply(
          HttpReply.of(200, "text/html; charset=UTF-8", page.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
