package io.realtime.socketio.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The options of npm's cors middleware, one by one. */
final class CorsTest {

  static HttpRequest request(String method, String... headers) {
    return new HttpRequest(
        method,
        "/",
        "/",
        Map.of(),
        HttpHeaders.of(headers),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
        false,
        new byte[0]);
  }

  private static Map<String, java.util.List<String>> headers(CorsPolicy policy, String origin) {
    return new Cors(Optional.of(policy)).headers(request("GET", "Origin", origin)).asMap();
  }

  private static HttpReply preflight(CorsPolicy policy, String... headers) {
    return new Cors(Optional.of(policy)).preflight(request("OPTIONS", headers)).orElseThrow();
  }

  @Test
  void noPolicy_addsNothingAndAnswersNoPreflight() {
    Cors none = new Cors(Optional.empty());

    assertThat(none.headers(request("GET", "Origin", "http://a.example")).asMap()).isEmpty();
    assertThat(none.preflight(request("OPTIONS"))).isEmpty();
  }

  @Test
  void any_isAStarAndNeverGoesWithCredentials() {
    assertThat(headers(CorsPolicy.any(), "http://a.example"))
        .isEqualTo(HttpHeaders.of("access-control-allow-origin", "*").asMap());
    assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.any().withCredentials());
  }

  @Test
  void oneOrigin_isToldToEveryoneAndVaries() {
    CorsPolicy policy = CorsPolicy.origin("http://shop.example").withCredentials();

    for (String origin : new String[] {"http://shop.example", "http://evil.example", "null"}) {
      assertThat(headers(policy, origin))
          .isEqualTo(
              HttpHeaders.of(
                      "vary",
                      "Origin",
                      "access-control-allow-origin",
                      "http://shop.example",
                      "access-control-allow-credentials",
                      "true")
                  .asMap());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.origin("http://a\r\nb"));
  }

  @Test
  void listPatternAndRule_reflectWhatTheyAllow_neverNull() {
    for (CorsPolicy policy :
        new CorsPolicy[] {
          CorsPolicy.origins(Set.of("http://a.shop.example", "null")),
          CorsPolicy.matching(Pattern.compile("shop\\.example$|null")),
          CorsPolicy.matching((Predicate<String>) origin -> !origin.contains("evil")),
        }) {
      assertThat(headers(policy, "http://a.shop.example"))
          .containsEntry("access-control-allow-origin", java.util.List.of("http://a.shop.example"))
          .containsEntry("vary", java.util.List.of("Origin"));
      for (String refused : new String[] {"http://evil.example", "null"}) {
        assertThat(headers(policy, refused)).isEqualTo(HttpHeaders.of("vary", "Origin").asMap());
      }
      assertThat(new Cors(Optional.of(policy)).headers(request("GET")).asMap())
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void failingRule_allowsNothing() {
    CorsPolicy policy =
        CorsPolicy.matching(
            (Predicate<String>)
                origin -> {
                  throw new IllegalStateException("planted");
                });

    assertThat(headers(policy, "http://a.example"))
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void exposedHeaders_standOnEveryAnswer() {
    assertThat(headers(CorsPolicy.any().withExposedHeaders("x-a", "x-b"), "http://a.example"))
        .containsEntry("access-control-expose-headers", java.util.List.of("x-a,x-b"));
  }

  @Test
  void preflight_defaults_areUpstreams() {
    HttpReply reply = preflight(CorsPolicy.any(), "Access-Control-Request-Headers", "x-a, x-b");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().asMap())
        .isEqualTo(
            HttpHeaders.of(
                    "access-control-allow-methods",
                    "GET,HEAD,PUT,PATCH,POST,DELETE",
                    "vary",
                    "Access-Control-Request-Headers",
                    "access-control-allow-headers",
                    "x-a, x-b")
                .asMap());
  }

  @Test
  void preflight_configured_reflectsNothing() {
    HttpReply reply =
        preflight(
            CorsPolicy.any()
                .withMethods("GET", "POST")
                .withAllowedHeaders("authorization")
                .withMaxAge(Duration.ofMinutes(10)),
            "Access-Control-Request-Headers",
            "x-a");

    assertThat(reply.headers().asMap())
        .isEqualTo(
            HttpHeaders.of(
                    "access-control-allow-methods",
                    "GET,POST",
                    "access-control-max-age",
                    "600",
                    "access-control-allow-headers",
                    "authorization")
                .asMap());
  }

  @Test
  void configuredNames_mustBeTokens() {
    CorsPolicy any = CorsPolicy.any();
    assertThatIllegalArgumentException().isThrownBy(() -> any.withMethods("GET\r\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> any.withAllowedHeaders("a,b"));
    assertThatIllegalArgumentException().isThrownBy(() -> any.withExposedHeaders("a b"));
  }
}
