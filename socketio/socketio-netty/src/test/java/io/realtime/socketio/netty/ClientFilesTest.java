package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock browser client as a server with nothing but this module serves it. */
class ClientFilesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private NettySocketIoServer server = started(ServerOptions.builder());

  private static NettySocketIoServer started(ServerOptions.Builder options) {
    NettySocketIoServer started =
        NettySocketIoServer.builder().host("127.0.0.1").loops(1).options(options.build()).build();
    try {
      started.start();
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
    return started;
  }

  @AfterEach
  void close() throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void restart(ServerOptions.Builder options) throws Exception {
    close();
    server = started(options);
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "socket.io.js, application/javascript, Manager",
    "socket.io.min.js, application/javascript, Manager",
    "socket.io.esm.min.js, application/javascript, 'export{'",
    "socket.io.msgpack.min.js, application/javascript, Manager",
    "socket.io.js.map, application/json, '\"sources\"'",
    "socket.io.min.js.map, application/json, '\"sources\"'",
    "socket.io.esm.min.js.map, application/json, '\"sources\"'",
    "socket.io.msgpack.min.js.map, application/json, '\"sources\"'",
  })
  void file_ofTheClient_isServedAsNodeDoes(String name, String type, String content)
      throws Exception {
    HttpResponse<byte[]> response = send("GET", "/socket.io/" + name);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo(type + "; charset=utf-8");
    assertThat(header(response, "cache-control")).isEqualTo("public, max-age=0");
    assertThat(header(response, "etag")).matches("\"4\\.\\d+\\.\\d+\"");
    assertThat(header(response, "content-encoding")).isEmpty();
    assertThat(text(response.body())).contains(content);
  }

  @Test
  void query_behindTheName_isIgnored() throws Exception {
    assertThat(send("GET", "/socket.io/socket.io.min.js?v=1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s"})
  void version_isKnown_isNotSentAgain(String form) throws Exception {
    String etag = header(send("HEAD", "/socket.io/socket.io.js"), "etag");

    HttpResponse<byte[]> response =
        send("GET", "/socket.io/socket.io.js", "If-None-Match", form.formatted(etag));

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void version_isAnother_isSent() throws Exception {
    HttpResponse<byte[]> response =
        send("GET", "/socket.io/socket.io.js", "If-None-Match", "\"2.5.0\"");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void gzip_accepted_isTheSameFile() throws Exception {
    byte[] plain = send("GET", "/socket.io/socket.io.js").body();

    HttpResponse<byte[]> response =
        send("GET", "/socket.io/socket.io.js", "Accept-Encoding", "gzip, deflate");

    assertThat(header(response, "content-encoding")).isEqualTo("gzip");
    assertThat(header(response, "vary")).isEqualTo("Accept-Encoding");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
  }

  @Test
  void brotli_acceptedBeforeGzip_isTheSmallest() throws Exception {
    int plain = send("GET", "/socket.io/socket.io.min.js").body().length;

    HttpResponse<byte[]> response =
        send("GET", "/socket.io/socket.io.min.js", "Accept-Encoding", "br, gzip");

    assertThat(header(response, "content-encoding")).isEqualTo("br");
    assertThat(response.body().length).isLessThan(plain / 2);
  }

  @Test
  void cors_isOfTheFilesToo_andPreflightsAreAnswered() throws Exception {
    restart(ServerOptions.builder().cors(CorsPolicy.origin("https://shop.example")));

    HttpResponse<byte[]> file = send("GET", "/socket.io/socket.io.js");
    HttpResponse<byte[]> preflight = send("OPTIONS", "/socket.io/socket.io.js");

    assertThat(header(file, "access-control-allow-origin")).isEqualTo("https://shop.example");
    assertThat(file.headers().allValues("vary")).contains("Origin");
    assertThat(preflight.statusCode()).isEqualTo(204);
  }

  @Test
  void otherMethod_isNotAllowed() throws Exception {
    HttpResponse<byte[]> response = send("POST", "/socket.io/socket.io.js");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socket.io/socket.io.msgpack.js",
        "/socket.io/version",
        "/socket.io/socket.io.js.gz",
        "/socket.io/../META-INF/socket.io-client/LICENSE",
        "/other/socket.io.js",
      })
  void otherPath_isTheApplications(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isIn(400, 404);
  }

  @Test
  void path_ofEngineIo_isWhereTheFilesAre() throws Exception {
    restart(ServerOptions.builder().path("/realtime"));

    assertThat(send("GET", "/realtime/socket.io.js").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/socket.io/socket.io.js").statusCode()).isEqualTo(404);
  }

  @Test
  void serveClient_off_isTheApplications() throws Exception {
    restart(ServerOptions.builder().serveClient(false));

    assertThat(send("GET", "/socket.io/socket.io.js").statusCode()).isEqualTo(404);
  }
}
