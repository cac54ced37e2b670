package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.http.rest.RestAccess;
import io.realtime.notify.http.rest.RestAccess.Decision;
import io.realtime.socketio.server.http.HttpReply;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static RestAccess caller(boolean admin, String... scopes) {
    return request -> new Decision.Caller("c", admin, Set.of(scopes));
  }

  @ParameterizedTest
  @ValueSource(strings = {Api.ORDER, Api.INVENTORY, Api.ADMIN, Api.NOTIFICATION})
  void broadcast_withoutToken_is401AndNothingIsSent(String path) {
    api.access = request -> new Decision.Unauthorized(false);
    HttpReply reply = api.post(path, "{not even json");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("www-authenticate"))
        .hasValue("Bearer realm=\"realtime-service\"");
    assertThat(api.published).isEmpty();
  }

  @Test
  void badToken_is401InvalidToken() {
    api.access = request -> new Decision.Unauthorized(true);
    HttpReply reply = api.get(Api.STATS);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("www-authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/realtime/broadcast/order, stats:read, broadcast",
    "/realtime/broadcast/inventory, '', broadcast",
    "/realtime/broadcast/admin, other, broadcast",
    "/realtime/test/notification, stats:read, broadcast",
  })
  void broadcast_withoutItsScope_is403AndNothingIsSent(String path, String scope, String needed) {
    api.access = caller(false, scope);
    HttpReply reply = api.post(path, "{}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers().first("www-authenticate").orElseThrow())
        .contains("insufficient_scope")
        .contains("scope=\"" + needed + "\"");
    assertThat(api.published).isEmpty();
  }

  @Test
  void stats_withBroadcastScopeOnly_is403() {
    api.access = caller(false, "broadcast");
    assertThat(api.get(Api.STATS).status()).isEqualTo(403);
  }

  @Test
  void scope_isEnough() {
    api.access = caller(false, "broadcast", "stats:read");
    assertThat(api.post(Api.ORDER, Api.VALID_ORDER).status()).isEqualTo(200);
    assertThat(api.get(Api.STATS).status()).isEqualTo(200);
  }

  @Test
  void adminRole_isEnough() {
    api.access = caller(true);
    assertThat(api.post(Api.ORDER, Api.VALID_ORDER).status()).isEqualTo(200);
    assertThat(api.get(Api.STATS).status()).isEqualTo(200);
  }

  @Test
  void keysNotLoaded_is503WithRetryAfter() {
    api.access = request -> new Decision.Unavailable(Duration.ofSeconds(3));
    HttpReply reply = api.get(Api.STATS);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("retry-after")).hasValue("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/live",
        "/health/ready",
        "/api/docs",
        "/api/docs/openapi.json",
        "/api/docs/openapi.yaml"
      })
  void healthAndDocs_needNoToken(String path) {
    api.access = request -> new Decision.Unauthorized(false);
    assertThat(api.get(path).status()).isEqualTo(200);
  }

  @Test
  void accessFails_is500WithoutItsReason() {
    api.access =
        request -> {
          throw new IllegalStateException("token eyJ-secret");
        };
    HttpReply reply = api.get(Api.STATS);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(Api.json(reply).toString()).doesNotContain("secret");
  }
}
