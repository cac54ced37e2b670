package io.realtime.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.netty.NettySocketIoServer;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private @Nullable NettySocketIoServer server;

  private int started(Example.Program program) throws BindException {
    NettySocketIoServer fresh = program.start(0);
    server = fresh;
    return fresh.port();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close().toCompletableFuture().join();
    }
  }

  @Test
  void helloWorld() throws Exception {
    try (Client client = Client.connected(started(HelloWorld::start))) {
      client.hears("42[\"hello\",\"world\"]");
      client.say("42[\"say\",1,{\"a\":[true]}]");
      client.hears("42[\"said\",1,{\"a\":[true]}]");
    }
  }

  @Test
  void roomsAndBroadcast() throws Exception {
    int port = started(RoomsAndBroadcast::start);
    try (Client ann = Client.connected(port);
        Client bob = Client.connected(port)) {
      ann.say("421[\"enter\",\"red\"]");
      ann.hears("431[\"in red\"]");
      bob.say("421[\"enter\",\"red\"]");
      bob.hears("431[\"in red\"]");
      bob.say("42[\"chat\",\"red\",\"hi\"]");
      bob.say("42[\"everyone\"]");
      ann.hears("42[\"chat\",\"hi\"]", "42[\"news\",\"for all\"]");
    }
  }

  @Test
  void acknowledgements() throws Exception {
    int port = started(Acknowledgements::start);
    try (Client ann = Client.connected(port);
        Client silent = Client.connected(port)) {
      ann.say("427[\"sum\",1,2,3]");
      ann.hears("437[3]");
      ann.say("42[\"ask me\"]");
      ann.hears("420[\"how are you?\"]");
      ann.say("430[\"fine\"]");
      ann.hears("42[\"you said\",\"fine\"]");
      ann.say("42[\"ask everyone\"]");
      ann.hears("421[\"who is there?\"]");
      silent.hears("421[\"who is there?\"]");
      ann.say("431[\"me\"]");
      ann.hears("42[\"answers\",1]");
    }
  }

  @Test
  void binary() throws Exception {
    try (Client client = Client.connected(started(Binary::start))) {
      client.say("451-[\"upload\",{\"_placeholder\":true,\"num\":0}]");
      client.say(new byte[] {1, 2, 3});
      assertThat(client.hear()).startsWith("451-[\"stored\",{").contains("\"size\":3");
      client.hears("<010203>");
    }
  }

  @Test
  void namespaces() throws Exception {
    try (Client client = new Client(started(Namespaces::start))) {
      client.say("40/admin,");
      client.hears("44/admin,{\"message\":\"not an admin\",\"data\":{\"code\":\"NO_TOKEN\"}}");
      client.say("40/admin,{\"token\":\"secret\"}");
      assertThat(client.hear()).startsWith("40/admin,{");
      client.hears("42/admin,[\"welcome\",\"admin\"]");
      client.say("40/tenant-7,");
      assertThat(client.hear()).startsWith("40/tenant-7,{");
      client.hears("42/tenant-7,[\"welcome\",\"/tenant-7\"]");
      client.say("40/other,");
      client.hears("44/other,{\"message\":\"Invalid namespace\"}");
    }
  }

  @Test
  void catchAll() throws Exception {
    try (Client client = Client.connected(started(CatchAll::start))) {
      client.say("42[\"first\"]");
      client.hears("42[\"heard\",\"first\",0]");
      client.say("42[\"secret\"]");
      client.hears("42[\"heard\",\"secret\",1]", "42[\"refused\",\"no secrets\"]");
    }
  }

  @Test
  void typedPayloads() throws Exception {
    try (Client client = Client.connected(started(TypedPayloads::start))) {
      client.say("42[\"order\",{\"product\":\"p\",\"amount\":2}]");
      client.hears("42[\"receipt\",{\"product\":\"p\",\"amount\":2,\"paid\":true}]");
      client.say("42[\"order\",{\"product\":\"p\",\"amount\":\"many\"}]");
      client.hears("42[\"malformed\"]");
    }
  }

  @Test
  void stateRecovery() throws Exception {
    int port = started(StateRecovery::start);
    try (Client ann = new Client(port);
        Client bob = Client.connected(port)) {
      ann.say("40{\"user\":\"ann\"}");
      String pid = ann.hear().replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
      String offset = ann.hear().replaceAll(".*,\"([^\"]+)\"]", "$1");
      ann.cut();
      bob.hear();
      bob.say("42[\"tell everyone\",\"missed\"]");
      assertThat(bob.hear()).startsWith("42[\"news\",\"missed\",\"");
      try (Client again = new Client(port)) {
        again.say("40{\"user\":\"ann\",\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        assertThat(again.hear()).startsWith("42[\"news\",\"missed\",\"");
        assertThat(again.hear()).contains(pid);
        assertThat(again.hear()).startsWith("42[\"welcome back\",\"");
      }
    }
  }

  @Test
  void ownSessions_positionAndTakeover() throws Exception {
    int port = started(new OwnSessions()::start);
    try (Client first = Client.connected(port)) {
      first.say("42[\"add\",\"a\"]");
      first.say("42[\"add\",\"b\"]");
      first.hears("42[\"event\",\"a\",\"1\"]", "42[\"event\",\"b\",\"2\"]");
      try (Client second = new Client(port);
          Client third = new Client(port)) {
        second.say("40{\"pid\":\"user-1-secret\",\"offset\":\"1\"}");
        second.hears(
            "42[\"event\",\"b\",\"2\"]",
            "40{\"sid\":\"user-1-socket-000000\",\"pid\":\"user-1-secret\"}");
        third.say("40{\"pid\":\"user-1-secret\",\"offset\":\"2\"}");
        third.hears("40{\"sid\":\"user-1-socket-000000\",\"pid\":\"user-1-secret\"}");
        second.hearsTheEnd();
      }
    }
  }

  @Test
  void proofOfReceipt() throws Exception {
    try (Client client = Client.connected(started(ProofOfReceipt::start))) {
      client.hears("42[\"order\",\"o-1\"]", "42[\"order\",\"o-2\"]", "2");
      client.say("3");
      assertThat(new String[] {client.hear(), client.hear()})
          .containsExactlyInAnyOrder("42[\"has everything up to\",2]", "42[\"is alive\"]");
      client.say("42[\"ping me\"]");
      client.hears("2");
    }
  }

  @Test
  void latestValue() throws Exception {
    try (Client client = Client.connected(started(LatestValue::start))) {
      client.say("42[\"sell\"]");
      String packet = client.hear();
      while (!packet.equals("42[\"stock\",{\"stock\":0}]")) {
        assertThat(packet).startsWith("42[\"stock\",{\"stock\":");
        packet = client.hear();
      }
    }
  }

  @Test
  void namedReasons() throws Exception {
    int port = started(NamedReasons::start);
    try (Client old = Client.connected(port);
        Client other = Client.connected(port)) {
      old.say("42[\"my token is old\"]");
      old.hearsTheEnd();
      other.hears("42[\"left\",\"token expired\"]");
    }
  }

  @Test
  void heldHandshakes_waitAndOneTooManyIsRefused() throws Exception {
    HeldHandshakes example = new HeldHandshakes();
    int port = started(example::start);
    try (HttpClient http = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> waits =
          http.sendAsync(handshake(port), BodyHandlers.ofString());
      CompletableFuture<HttpResponse<String>> tooMany =
          http.sendAsync(handshake(port), BodyHandlers.ofString());
      Object first = CompletableFuture.anyOf(waits, tooMany).get();
      assertThat(((HttpResponse<?>) first).statusCode()).isEqualTo(503);
      example.open();
      assertThat(waits.get().statusCode() + tooMany.get().statusCode()).isEqualTo(703);
    }
  }

  private static HttpRequest handshake(int port) {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + "/socket.io/?EIO=4&transport=polling"))
        .build();
  }

  @Test
  void httpBeside() throws Exception {
    int port = started(HttpBeside::start);
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
                          .build(),
                      BodyHandlers.ofString())
                  .body())
          .isEqualTo("ok");
      HttpResponse<String> open = http.send(handshake(port), BodyHandlers.ofString());
      assertThat(open.headers().firstValue("access-control-allow-origin"))
          .contains("https://shop.example");
    }
  }
}
