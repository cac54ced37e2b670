package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.health.Health;
import io.realtime.socketio.server.http.HttpReply;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HealthAndStatsTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private void source(String name, Health.Status status) {
    api.health.add(
        new Health.Source() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public Health health() {
            return new Health(status, name + " is " + status);
          }
        });
  }

  @Test
  void health_saysHowLongItRuns() {
    api.rest();
    api.now = api.now.plusSeconds(12_345);
    assertThat(Api.json(api.get("/health")).toString())
        .isEqualTo(
            "{\"status\":\"ok\",\"service\":\"realtime-service\","
                + "\"timestamp\":\"2026-11-24T13:41:15.123Z\",\"uptime\":12345}");
  }

  @Test
  void live_dependsOnNoSource() {
    source("kafka", Health.Status.DOWN);
    assertThat(api.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void live_loopStuck_is503() {
    api.stuck = Optional.of("loop 1 has not answered for 31 s");
    HttpReply reply = api.get("/health/live");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(Api.json(reply).path("detail").asString()).contains("loop 1");
  }

  @ParameterizedTest
  @CsvSource({
    "OK, OK, OK, 200, ok",
    "OK, OK, DEGRADED, 200, degraded",
    "OK, DEGRADED, DOWN, 503, down",
    "OK, STARTING, OK, 503, starting",
    "STARTING, OK, OK, 503, starting",
    "STARTING, DOWN, OK, 503, starting",
    "DRAINING, OK, DEGRADED, 503, draining",
  })
  void ready_isAsGoodAsTheLifecycleAndTheWorstPart(
      Health.Status lifecycle, Health.Status kafka, Health.Status store, int status, String whole) {
    api.lifecycle = lifecycle;
    source("kafka", kafka);
    source("store", store);
    HttpReply reply = api.get("/health/ready");
    assertThat(reply.status()).isEqualTo(status);
    JsonNode body = Api.json(reply);
    assertThat(body.path("status").asString()).isEqualTo(whole);
    assertThat(body.path("checks").path("kafka").path("detail").asString())
        .isEqualTo("kafka is " + kafka);
    assertThat(body.path("checks").size()).isEqualTo(2);
  }

  @Test
  void ready_sourceThrows_isDownAndTheOthersAreListed() {
    source("kafka", Health.Status.OK);
    api.health.add(
        new Health.Source() {
          @Override
          public String name() {
            return "store";
          }

          @Override
          public Health health() {
            throw new IllegalStateException("inner");
          }
        });
    HttpReply reply = api.get("/health/ready");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(Api.json(reply).path("checks").path("store").path("status").asString())
        .isEqualTo("down");
    assertThat(Api.json(reply).path("checks").has("kafka")).isTrue();
  }

  @Test
  void health_withForeignQuery_isAnswered() {
    assertThat(api.get("/health?probe=1").status()).isEqualTo(200);
  }

  @Test
  void stats_hasTheThreeFields() {
    api.users.put("user-123", 2);
    assertThat(Api.json(api.get(Api.STATS)).toString())
        .isEqualTo(
            "{\"totalConnections\":2,\"uniqueUsers\":1,"
                + "\"userConnections\":[{\"userId\":\"user-123\",\"connectionCount\":2}]}");
  }

  @Test
  void stats_pages_coverEveryUserOnce() {
    IntStream.range(0, 250).forEach(i -> api.users.put("u%03d".formatted(i), 1));
    JsonNode first = Api.json(api.get(Api.STATS));
    assertThat(first.path("userConnections").size()).isEqualTo(100);
    assertThat(first.path("nextAfter").asString()).isEqualTo("u099");
    JsonNode second = Api.json(api.get(Api.STATS + "?limit=150&after=u099"));
    assertThat(second.path("userConnections").size()).isEqualTo(150);
    assertThat(second.has("nextAfter")).isFalse();
  }

  @Test
  void stats_limitAtItsBound_isAllowed() {
    IntStream.range(0, 1_001).forEach(i -> api.users.put("u%04d".formatted(i), 1));
    JsonNode page = Api.json(api.get(Api.STATS + "?limit=1000"));
    assertThat(page.path("userConnections").size()).isEqualTo(1_000);
    assertThat(page.path("nextAfter").asString()).isEqualTo("u0999");
  }
}
