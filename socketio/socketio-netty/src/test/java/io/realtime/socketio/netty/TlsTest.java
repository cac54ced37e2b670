package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.netty.tls.TlsOptions;
import io.realtime.socketio.server.api.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTPS and WSS with a certificate that the test has made, on every transport in turn. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass(name = "{0}")
@EnumSource(TransportChoice.class)
final class TlsTest {
  @TempDir static Path folder;
  private static TestCertificate certificate;

  @Parameter TransportChoice transport = TransportChoice.NIO;

  private final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
  private NettySocketIoServer server;

  @BeforeAll
  static void certify() throws Exception {
    certificate = TestCertificate.make(folder);
  }

  @BeforeEach
  void start() throws Exception {
    start(TlsOptions.pem(certificate.chain(), certificate.key()));
  }

  private void start(TlsOptions tls) throws IOException {
    server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .transport(transport)
            .loops(2)
            .tls(tls)
            .build();
    server.of("/").onConnection(socket -> handshakes.add(socket.handshake()));
    server.start();
  }

  private void restart(TlsOptions tls) throws IOException {
    stop();
    start(tls);
  }

  @AfterEach
  void stop() {
    server.close().toCompletableFuture().join();
  }

  private HttpClient client() {
    return HttpClient.newBuilder().sslContext(certificate.trusting()).build();
  }

  private URI uri(String scheme, String more) {
    return URI.create(
        scheme + "://localhost:" + server.port() + "/socket.io/?EIO=4&transport=" + more);
  }

  private String get(HttpClient client, String query) throws Exception {
    return client
        .send(HttpRequest.newBuilder(uri("https", query)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void polling_overTls_isServedAndKnownAsSecure() throws Exception {
    try (HttpClient client = client()) {
      String open = get(client, "polling");
      assertThat(open).startsWith("0{\"sid\":\"");
      String query = "polling&sid=" + open.substring(9, 29);
      client.send(
          HttpRequest.newBuilder(uri("https", query))
              .POST(HttpRequest.BodyPublishers.ofString("40"))
              .build(),
          BodyHandlers.discarding());
      assertThat(get(client, query)).startsWith("40{");
    }
    assertThat(handshakes).extracting(shake -> shake.request().secure()).containsExactly(true);
  }

  @Test
  void webSockets_overTls_onAllLoops_areServed() throws Exception {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    try (HttpClient client = client()) {
      for (int i = 0; i < 6; i++) {
        WebSocket socket =
            client
                .newWebSocketBuilder()
                .buildAsync(uri("wss", "websocket"), new Collecting(received))
                .join();
        socket.sendText("40", true).join();
      }
      await().until(() -> received.stream().filter(text -> text.startsWith("40{")).count() == 6);
      client.shutdownNow();
    }
    assertThat(handshakes).hasSize(6).allMatch(shake -> shake.request().secure());
  }

  @Test
  void upgrade_overTls_movesToTheHomeLoop() throws Exception {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    try (HttpClient client = client()) {
      for (int i = 0; i < 4; i++) {
        String sid = get(client, "polling").substring(9, 29);
        WebSocket socket =
            client
                .newWebSocketBuilder()
                .buildAsync(uri("wss", "websocket&sid=" + sid), new Collecting(received))
                .join();
        socket.sendText("2probe", true).join();
        int wanted = i + 1;
        await().until(() -> received.stream().filter("3probe"::equals).count() == wanted);
        socket.sendText("5", true).join();
        socket.sendText("40", true).join();
      }
      await().until(() -> received.stream().filter(text -> text.startsWith("40{")).count() == 4);
      client.shutdownNow();
    }
  }

  @Test
  void answerThatEndsTheConnection_endsTlsInOrder() throws Exception {
    try (SSLSocket socket = socket()) {
      socket
          .getOutputStream()
          .write(
              "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 404 ");
    }
    try (SSLSocket socket = socket()) {
      socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  private SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            certificate.trusting().getSocketFactory().createSocket("localhost", server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  @Test
  void alpn_isHttp11_whateverElseIsOffered() throws Exception {
    try (SSLSocket socket = socket()) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void versions_12And13_andNoneBelow() throws Exception {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (SSLSocket socket = socket()) {
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      }
    }
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void contextOfTheApplication_isUsed() throws Exception {
    restart(TlsOptions.of(certificate.serving()));

    try (HttpClient client = client()) {
      assertThat(get(client, "polling")).startsWith("0{");
    }
  }

  @Test
  void plainText_isNotAnswered() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.get("/");
      assertThat(client.rest()).doesNotContain("HTTP");
    }
  }

  @Test
  void silentHandshake_isClosedAtItsTimeout() throws Exception {
    restart(TlsOptions.of(certificate.serving()).withHandshakeTimeout(Duration.ofMillis(300)));

    try (RawClient client = new RawClient(server.port())) {
      client.send(new byte[] {0x16, 3, 1, 0x20, 0});
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void clientHello_atTheLimit_isWaitedFor_andOnePast_isCut() throws Exception {
    int limit = 16 * 1024;
    byte[] endless = endlessHello(limit + 1);
    try (RawClient client = new RawClient(server.port())) {
      client.socket().setSoTimeout(500);
      client.send(java.util.Arrays.copyOf(endless, limit));
      assertThat(client.ended()).isFalse();
      client.send(new byte[] {0});
      client.socket().setSoTimeout(2_000);
      assertThat(client.ended()).isTrue();
    }
  }

  /** Records of a ClientHello that says it is as long as one can be. */
  private static byte[] endlessHello(int length) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    boolean first = true;
    while (records.size() < length) {
      byte[] record = new byte[1_000];
      if (first) {
        record[0] = 1;
        record[1] = 0;
        record[2] = 0x7f;
        record[3] = (byte) 0xff;
        first = false;
      }
      records.writeBytes(
          new byte[] {0x16, 3, 1, (byte) (record.length >> 8), (byte) record.length});
      records.writeBytes(record);
    }
    return records.toByteArray();
  }

  private record Collecting(Queue<String> received) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      received.add(text.toString());
      socket.request(1);
      return java.util.concurrent.CompletableFuture.completedFuture(null);
    }
  }
}
