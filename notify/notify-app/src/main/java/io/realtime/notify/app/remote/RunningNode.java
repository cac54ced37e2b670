package io.realtime.notify.app.remote;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The REST calls of a running service.
 *
 * @param url without a path
 * @param token sent as bearer token; in development none is needed
 */
public record RunningNode(URI url, Optional<String> token) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int PAGE = 1_000;

  /** Pages of users that are looked through, at most. */
  private static final int MAX_PAGES = 200;

  /** What it answered. */
  public record Answer(int status, String body) {
    public boolean isOk() {
      return status >= 200 && status < 300;
    }

    /** The problem's detail and fields, or whatever there is, on one line. */
    public String problem() {
      Map<String, String> members = Json.members(body).orElse(Map.of());
      String detail = members.getOrDefault("detail", body.isBlank() ? "no body" : body);
      String errors = members.containsKey("errors") ? " " + members.get("errors") : "";
      return "HTTP " + status + ": " + detail + errors;
    }
  }

  /**
   * @throws RemoteFailedException when it cannot be reached
   */
  public Answer post(String path, String json, Optional<String> idempotencyKey) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(TIMEOUT)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    idempotencyKey.ifPresent(key -> request.header("idempotency-key", key));
    return send(request);
  }

  /**
   * Which of these users are connected now.
   *
   * @throws RemoteFailedException when it cannot be reached or does not say
   */
  public Set<String> online(Set<String> users) {
    Set<String> online = new HashSet<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MAX_PAGES && online.size() < users.size(); page++) {
      String query =
          "/realtime/stats?limit="
              + PAGE
              + after
                  .map(last -> "&after=" + URLEncoder.encode(last, StandardCharsets.UTF_8))
                  .orElse("");
      Answer answer = send(HttpRequest.newBuilder(url.resolve(query)).timeout(TIMEOUT).GET());
      if (!answer.isOk()) {
        throw new RemoteFailedException(answer.problem());
      }
      for (String user : Json.texts(answer.body(), "userId")) {
        if (users.contains(user)) {
          online.add(user);
        }
      }
      after = Json.members(answer.body()).map(all -> all.get("nextAfter"));
      if (after.isEmpty()) {
        break;
      }
    }
    return online;
  }

  private Answer send(HttpRequest.Builder request) {
    token.ifPresent(text -> request.header("authorization", "Bearer " + text));
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new RemoteFailedException(
          "Cannot reach " + url + " (" + e.getClass().getSimpleName() + "): is the service up?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RemoteFailedException("interrupted", e);
    }
  }
}
