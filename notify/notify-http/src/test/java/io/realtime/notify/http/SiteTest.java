package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private static String text(HttpReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "/vendor/socket.io.min.js, text/javascript; charset=UTF-8, 4.8.",
    "/vendor/socket.io.esm.min.js, text/javascript; charset=UTF-8, export",
    "/vendor/socket.io.min.js.map, application/json, sources",
    "/vendor/socket.io.esm.min.js.map, application/json, sources",
    "/vendor/socket.io-client.LICENSE.txt, text/plain; charset=UTF-8, MIT",
    "/api/docs/swagger-ui.css, text/css; charset=UTF-8, .swagger-ui",
    "/api/docs/swagger-ui-bundle.js, text/javascript; charset=UTF-8, SwaggerUIBundle",
  })
  void file_isServedWithItsType(String path, String contentType, String content) {
    HttpReply reply = api.get(path);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().first("content-type")).hasValue(contentType);
    assertThat(text(reply)).contains(content);
  }

  @Test
  void docsPage_asksThisServerOnlyAndHasNoInlineScript() {
    HttpReply page = api.get("/api/docs");
    assertThat(text(page)).doesNotContain("http://", "https://", "onload=");
    Pattern resource = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    for (MatchResult match : resource.matcher(text(page)).results().toList()) {
      assertThat(api.get(match.group(1)).status()).as(match.group(1)).isEqualTo(200);
    }
    assertThat(resource.matcher(text(page)).results().count()).isGreaterThanOrEqualTo(4);
    assertThat(text(page)).doesNotContainPattern("<script(?![^>]*src=)");
    assertThat(text(api.get("/api/docs/initializer.js"))).contains("validatorUrl: null");
    assertThat(page.headers().first("content-security-policy").orElseThrow())
        .contains("default-src 'self'")
        .doesNotContain("script-src")
        .doesNotContain("unsafe-eval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
  void knownFile_isNotSentAgain(String ifNoneMatch) {
    String etag = api.get("/vendor/socket.io.min.js").headers().first("etag").orElseThrow();
    HttpReply reply =
        api.send(
            "GET",
            "/vendor/socket.io.min.js",
            HttpHeaders.of("if-none-match", ifNoneMatch.formatted(etag)),
            new byte[0]);
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers().first("etag")).hasValue(etag);
    assertThat(reply.headers().first("cache-control")).hasValue("no-cache");
  }

  @Test
  void changedFile_isSent() {
    HttpReply reply =
        api.send(
            "GET",
            "/vendor/socket.io.min.js",
            HttpHeaders.of("if-none-match", "\"stale\""),
            new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void head_hasTheHeadersOfGet() {
    HttpReply head = api.send("HEAD", "/api/docs", HttpHeaders.empty(), new byte[0]);
    HttpReply get = api.get("/api/docs");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().asMap()).isEqualTo(get.headers().asMap());
  }

  @Test
  void root_leadsToAPageThatExists() {
    HttpReply root = api.get("/");
    assertThat(root.status()).isEqualTo(302);
    String location = root.headers().first("location").orElseThrow();
    assertThat(location).isIn("/storefront", "/api/docs");
    assertThat(api.get(location).status()).isEqualTo(200);
    assertThat(api.get("/api/docs/").headers().first("location")).hasValue("/api/docs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/storefront", "/admin"})
  void productPage_runsAndStylesNothingInline(String path) {
    HttpReply page = api.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().first("content-type")).hasValue("text/html; charset=UTF-8");
    assertThat(page.headers().first("content-security-policy").orElseThrow())
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void apiAnswers_areNotCachedAndLoadNothing() {
    HttpReply reply = api.get("/health");
    assertThat(reply.headers().first("cache-control")).hasValue("no-store");
    assertThat(reply.headers().first("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
  }
}
