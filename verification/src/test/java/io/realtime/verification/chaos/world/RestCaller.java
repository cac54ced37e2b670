package io.realtime.verification.chaos.world;

import io.realtime.verification.harness.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends notifications through REST and remembers which were accepted. Any thread may call. */
final class RestCaller implements AutoCloseable {
  private static final int EVERY_MILLIS = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rest-caller").factory());
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final URI address;
  private final List<String> users;
  private final Random random;

  RestCaller(String url, List<String> users, Random random) {
    this.address = URI.create(url + "/realtime/test/notification");
    this.users = users;
    this.random = random;
  }

  void open() {
    var _ = timer.scheduleAtFixedRate(this::call, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void call() {
    Map<String, String> body =
        Map.of("userId", users.get(random.nextInt(users.size())), "message", "by REST");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(15))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body)))
            .build();
    var _ = http.sendAsync(request, BodyHandlers.ofString()).thenAccept(this::answered);
  }

  private void answered(HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      accepted.add(Json.read(answer.body()).path("eventId").asString(""));
    }
  }

  /** Event ids for which a call was told that they will be delivered. */
  List<String> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    http.shutdownNow();
  }
}
