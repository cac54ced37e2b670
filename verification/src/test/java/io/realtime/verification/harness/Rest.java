package io.realtime.verification.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls the REST API; every answer is held against the OpenAPI document. */
public final class Rest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final String url;
  private final String token;
  private @Nullable OpenApi openApi;

  Rest(String url) {
    this(url, "");
  }

  private Rest(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** The same API, called with this token. */
  public Rest withToken(String bearer) {
    return new Rest(url, bearer);
  }

  /** An answer that the document describes. */
  public record Answer(int status, String contentType, String body, HttpResponse<String> raw) {
    public JsonNode json() {
      return Json.read(body);
    }

    public JsonNode get(String field) {
      return json().path(field);
    }
  }

  public Answer get(String path) {
    return call(request(path).GET(), "GET", path);
  }

  public Answer post(String path, String json) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        "POST",
        path);
  }

  /** An answer as it comes, described or not. */
  public HttpResponse<String> raw(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private Answer call(HttpRequest.Builder request, String method, String path) {
    HttpResponse<String> response = raw(request);
    String contentType = response.headers().firstValue("content-type").orElse("");
    openApi()
        .check(
            method,
            path.replaceFirst("\\?.*", ""),
            response.statusCode(),
            contentType,
            response.body());
    return new Answer(response.statusCode(), contentType, response.body(), response);
  }

  private synchronized OpenApi openApi() {
    OpenApi known = openApi;
    if (known == null) {
      known = new OpenApi(raw(request("/api/docs/openapi.json")).body());
      openApi = known;
    }
    return known;
  }
}
