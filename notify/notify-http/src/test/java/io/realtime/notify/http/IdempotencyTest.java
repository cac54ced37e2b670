package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.IngressPublisher.IngressUnavailableException;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.http.rest.RestAccess;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void sameKeyAndBody_givesTheSameAnswer_andOneEvent() {
    HttpReply first = post("k1", Api.VALID_ORDER);
    api.users.put("u1", 5);
    HttpReply second = post("k1", Api.VALID_ORDER);
    assertThat(first.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(api.published).hasSize(1);
    assertThat(Api.json(first).path("eventId").asString())
        .isEqualTo(api.published.get(0).eventId());
  }

  @Test
  void otherBody_isRefused_namingTheHeader_andNothingIsSent() {
    assertThat(post("k1", Api.VALID_ORDER).status()).isEqualTo(200);
    HttpReply other = post("k1", Api.VALID_ORDER.replace("paid", "sent"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(Api.json(other).path("errors").path(0).path("field").asString())
        .isEqualTo("Idempotency-Key");
    // Byte for byte: the same JSON with a blank is another body.
    assertThat(post("k1", Api.VALID_ORDER + " ").status()).isEqualTo(422);
    assertThat(api.published).hasSize(1);
  }

  @Test
  void eventId_dependsOnCallerRouteAndKey_andOnNothingElse() {
    String first = eventId(post("k1", Api.VALID_ORDER));
    assertThat(eventId(post("k2", Api.VALID_ORDER))).isNotEqualTo(first);
    assertThat(eventId(post(Api.NOTIFICATION, "k1", "{\"userId\":\"u1\",\"message\":\"hi\"}")))
        .isNotEqualTo(first);
    api.access =
        request -> new RestAccess.Decision.Caller("somebody else", false, Set.of("broadcast"));
    assertThat(eventId(post("k1", Api.VALID_ORDER))).isNotEqualTo(first);
    assertThat(api.published).hasSize(4);
    // The same in every process, or a repetition after a crash would be a second event.
    assertThat(first).isEqualTo("rest:" + expected("development", Api.ORDER, "k1"));
  }

  @Test
  void unconfirmed_isProducedAgainUnderTheSameId_andAnotherBodyStaysRefused() {
    api.kafka =
        event ->
            CompletableFuture.failedStage(
                new IngressUnavailableException("not confirmed", new IOException("gone")));
    assertThat(post("k1", Api.VALID_ORDER).status()).isEqualTo(503);
    assertThat(post("k1", Api.VALID_ORDER.replace("paid", "sent")).status()).isEqualTo(422);

    api.kafka = event -> CompletableFuture.completedStage(null);
    assertThat(post("k1", Api.VALID_ORDER).status()).isEqualTo(200);
    assertThat(api.published).hasSize(2);
    assertThat(api.published.get(1).eventId()).isEqualTo(api.published.get(0).eventId());
  }

  @Test
  void firstCallUnderWay_theSecondIsProducedToo_underTheSameId_andBothGetOneAnswer() {
    CompletableFuture<Void> ack = new CompletableFuture<>();
    api.kafka = event -> api.published.size() == 1 ? ack : CompletableFuture.completedStage(null);
    FakeExchange slow = start("k1");
    org.awaitility.Awaitility.await().until(() -> api.published.size() == 1);
    HttpReply second = post("k1", Api.VALID_ORDER);
    api.users.put("u1", 5);
    ack.complete(null);
    assertThat(slow.await().body()).isEqualTo(second.body());
    assertThat(api.published.get(1).eventId()).isEqualTo(api.published.get(0).eventId());
  }

  @Test
  void storeAway_isSaid_andNothingIsSent_butCallsWithoutAKeyGoOn() {
    api.keys = new Away();
    HttpReply reply = post("k1", Api.VALID_ORDER);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("retry-after")).isPresent();
    assertThat(api.published).isEmpty();
    assertThat(api.post(Api.ORDER, Api.VALID_ORDER).status()).isEqualTo(200);
  }

  @Test
  void longestKey_isTaken_oneLonger_isNot() {
    assertThat(post("k".repeat(255), Api.VALID_ORDER).status()).isEqualTo(200);
    api.published.clear();
    assertRefused("k".repeat(256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "tab\there", "ümlaut", "nul\u0000", "line\u007f"})
  void badKey_isRefused_namingTheHeader(String key) {
    assertRefused(key);
  }

  @Test
  void twoKeys_areRefused() {
    HttpReply reply =
        api.send(
            "POST",
            Api.ORDER,
            HttpHeaders.of(
                "content-type",
                "application/json",
                "idempotency-key",
                "k1",
                "idempotency-key",
                "k2"),
            Api.VALID_ORDER.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(api.published).isEmpty();
  }

  private void assertRefused(String key) {
    HttpReply reply = post(key, Api.VALID_ORDER);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(Api.json(reply).path("errors").path(0).path("field").asString())
        .isEqualTo("Idempotency-Key");
    assertThat(api.published).isEmpty();
  }

  private HttpReply post(String key, String json) {
    return post(Api.ORDER, key, json);
  }

  private HttpReply post(String path, String key, String json) {
    return api.send("POST", path, headers(key), json.getBytes(StandardCharsets.UTF_8));
  }

  private FakeExchange start(String key) {
    FakeExchange exchange = new FakeExchange();
    api.rest()
        .onRequest(
            Api.request(
                "POST", Api.ORDER, headers(key), Api.VALID_ORDER.getBytes(StandardCharsets.UTF_8)),
            exchange);
    return exchange;
  }

  private static HttpHeaders headers(String key) {
    return HttpHeaders.of("content-type", "application/json").with("idempotency-key", key);
  }

  private static String eventId(HttpReply reply) {
    return Api.json(reply).path("eventId").asString();
  }

  private static String expected(String... parts) {
    try {
      var digest = java.security.MessageDigest.getInstance("SHA-256");
      for (String part : List.of(parts)) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(new byte[] {0, 0, 0, (byte) bytes.length});
        digest.update(bytes);
      }
      return java.util.Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(java.util.Arrays.copyOf(digest.digest(), 16));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Away implements IdempotencyKeys {
    @Override
    public CompletionStage<Claim> claim(String key, String bodyHash) {
      return CompletableFuture.failedStage(
          new StoreUnavailableException("disk full", new IOException("disk full")));
    }

    @Override
    public CompletionStage<String> answered(String key, String answer) {
      throw new AssertionError("nothing was claimed");
    }
  }
}
