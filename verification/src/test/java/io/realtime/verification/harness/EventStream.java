package io.realtime.verification.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of server-sent events that reads one stream to its end. */
public final class EventStream implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final HttpResponse<InputStream> response;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Thread reader;

  /** One event; its id is empty when it has none. */
  public record Event(String name, String id, String data) {}

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Opens the stream, coming back from the event of that id. */
  public static EventStream open(String url, Optional<String> lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    return new EventStream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  private void read() {
    List<String> lines = new ArrayList<>();
    try (Scanner scanner = new Scanner(response.body(), StandardCharsets.UTF_8)) {
      while (scanner.hasNextLine()) {
        String line = scanner.nextLine();
        if (!line.isEmpty()) {
          lines.add(line);
        } else if (!field(lines, "event").isEmpty()) {
          events.add(new Event(field(lines, "event"), field(lines, "id"), field(lines, "data")));
          lines.clear();
        } else {
          lines.clear();
        }
      }
    }
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** Everything so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** Whether the service has ended it. */
  public boolean ended() {
    return !reader.isAlive();
  }

  public int status() {
    return response.statusCode();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.interrupt();
  }
}
