package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String ORIGIN = "access-control-allow-origin";
  private static final String SHOP = "https://shop.example";
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private HttpReply get(String path, String origin) {
    return api.send("GET", path, HttpHeaders.of("origin", origin), new byte[0]);
  }

  private HttpReply preflight(String origin) {
    return api.send(
        "OPTIONS",
        Api.ORDER,
        HttpHeaders.of("origin", origin, "access-control-request-method", "POST"),
        new byte[0]);
  }

  private void allowShop(boolean credentials) {
    api.cors =
        Optional.of(
            credentials
                ? CorsPolicy.origins(Set.of(SHOP)).withCredentials()
                : CorsPolicy.origins(Set.of(SHOP)));
  }

  @Test
  void noPolicy_addsNothing() {
    assertThat(get("/health", SHOP).headers().asMap().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
    HttpReply preflight = preflight(SHOP);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers().first("access-control-allow-methods")).isEmpty();
  }

  @Test
  void any_isAStarWithoutCredentials() {
    api.cors = Optional.of(CorsPolicy.any());
    HttpReply reply = get("/health", "https://anything.example");
    assertThat(reply.headers().first(ORIGIN)).hasValue("*");
    assertThat(reply.headers().first("access-control-allow-credentials")).isEmpty();
    assertThat(preflight("https://anything.example").headers().first(ORIGIN)).hasValue("*");
  }

  @Test
  void listedOrigin_isReflectedOnAnswersErrorsAndPreflights() {
    allowShop(true);
    for (HttpReply reply :
        java.util.List.of(
            get("/health", SHOP), get("/nothing", SHOP), get(Api.ORDER, SHOP), preflight(SHOP))) {
      assertThat(reply.headers().all(ORIGIN)).containsExactly(SHOP);
      assertThat(reply.headers().all("vary")).contains("Origin");
      assertThat(reply.headers().first("access-control-allow-credentials")).hasValue("true");
    }
    assertThat(preflight(SHOP).headers().first("access-control-allow-headers").orElseThrow())
        .contains("Authorization", "Content-Type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://SHOP.example",
        "http://shop.example",
        "https://shop.example.",
        "https://shop.example:444",
        "https://shop.example.evil.com",
        "https://shop.example@evil.com",
        "https://evil.com",
        "*",
        ""
      })
  void otherOrigin_isAnsweredWithoutCorsHeaders(String origin) {
    allowShop(false);
    for (HttpReply reply : java.util.List.of(get("/health", origin), preflight(origin))) {
      assertThat(reply.headers().first(ORIGIN)).isEmpty();
      assertThat(reply.headers().first("access-control-allow-methods")).isEmpty();
      assertThat(reply.headers().all("vary")).containsExactly("Origin");
    }
  }

  @Test
  void nullOrigin_isRefusedEvenWhenListed() {
    api.cors = Optional.of(CorsPolicy.origins(Set.of("null")));
    assertThat(get("/health", "null").headers().first(ORIGIN)).isEmpty();
  }

  @Test
  void withoutOrigin_theAnswerVariesAllTheSame() {
    allowShop(false);
    assertThat(api.get("/health").headers().all("vary")).containsExactly("Origin");
  }

  @Test
  void options_ofTheWholeServer_saysWhatIsAllowed() {
    HttpReply reply = api.send("OPTIONS", "*", HttpHeaders.empty(), new byte[0]);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().first("allow")).hasValue("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void options_withoutOrigin_saysWhatIsAllowed() {
    HttpReply reply = api.send("OPTIONS", Api.STATS, HttpHeaders.empty(), new byte[0]);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().first("allow")).hasValue("GET, HEAD, OPTIONS");
  }
}
