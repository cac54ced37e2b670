package io.realtime.notify.app.remote;

import io.realtime.notify.core.inbox.Position;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Receives one user's events over the plain WebSocket and comes back by itself when the connection
 * ends, with the position of the last event that the watcher has taken. The JDK's client answers
 * the pings that prove receipt. One thread calls everything here; the JDK's threads only hand
 * frames over, at most {@value #MAX_WAITING} of them.
 */
public final class EventTail {
  private static final int MAX_WAITING = 100;

  /** A service pings every 25 s; a connection that is silent for so long is dead. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_PAUSE_MS = 5_000;

  private final String url;
  private final Optional<String> token;
  private final List<String> greetings;
  private final Watcher watcher;
  private Optional<Position> position;

  /** Who is told. Of the thread that runs the tail. */
  public interface Watcher {
    /**
     * @param frame the whole frame as it came
     * @return false to end
     */
    boolean onEvent(String event, Map<String, String> data, String frame);

    /** The connection is open, for the {@code nth} time, from 0. */
    void onOpen(int nth);

    /** It ended or could not be opened; the next attempt follows after the pause. */
    void onLost(String why, Duration pause);
  }

  /**
   * @param base {@code http(s)://host:port}
   * @param query what goes behind the {@code ?}, by name
   * @param after where to go on; empty: with what nobody has
   * @param greetings frames to send on every connection
   */
  public EventTail(
      URI base,
      Map<String, String> query,
      Optional<Position> after,
      Optional<String> token,
      List<String> greetings,
      Watcher watcher) {
    List<String> pairs = new ArrayList<>();
    query.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    String scheme = "https".equals(base.getScheme()) ? "wss" : "ws";
    this.url = scheme + "://" + base.getAuthority() + "/?" + String.join("&", pairs);
    this.position = after;
    this.token = token;
    this.greetings = List.copyOf(greetings);
    this.watcher = watcher;
  }

  /**
   * Returns when the watcher has had enough.
   *
   * @throws RemoteFailedException when the service refuses who asks
   */
  public void run() throws InterruptedException {
    int opened = 0;
    int failures = 0;
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      while (true) {
        Frames frames = new Frames();
        String why;
        try {
          WebSocket socket = open(http, frames);
          watcher.onOpen(opened++);
          failures = 0;
          Optional<String> end = receive(socket, frames);
          socket.abort();
          if (end.isEmpty()) {
            return;
          }
          why = end.get();
        } catch (IOException e) {
          why = e.getClass().getSimpleName();
        }
        Duration pause = pause(++failures);
        watcher.onLost(why, pause);
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      }
    }
  }

  /** Up to where the watcher has taken everything; empty before anything came. */
  public Optional<Position> position() {
    return position;
  }

  /** A position is no secret and needs no encoding. */
  private URI address() {
    return URI.create(url + position.map(it -> "&lastEventId=" + it.text()).orElse(""));
  }

  private WebSocket open(HttpClient http, Frames frames) throws IOException, InterruptedException {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
    token.ifPresent(text -> builder.header("authorization", "Bearer " + text));
    try {
      WebSocket socket =
          builder
              .buildAsync(address(), frames)
              .get(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      for (String greeting : greetings) {
        socket.sendText(greeting, true).get(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
      return socket;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused
          && refused.getResponse() != null
          && refused.getResponse().statusCode() != 503) {
        throw new RemoteFailedException(
            "The service refused the connection: HTTP " + refused.getResponse().statusCode(), e);
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer", e);
    }
  }

  /** Why the connection ended; empty when the watcher has had enough. */
  private Optional<String> receive(WebSocket socket, Frames frames) throws InterruptedException {
    while (true) {
      Frame frame = frames.queue.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      switch (frame) {
        case null -> {
          return Optional.of("silent for " + SILENCE.toSeconds() + " s");
        }
        case Frame.Ended(String why) -> {
          return Optional.of(why);
        }
        case Frame.Alive() -> {}
        case Frame.Text(String text) -> {
          Map<String, String> members = Json.members(text).orElse(Map.of());
          String event = members.getOrDefault("event", "");
          Map<String, String> data =
              Json.members(members.getOrDefault("data", "")).orElse(Map.of());
          if (event.equals("connect_error")) {
            throw new RemoteFailedException(
                "The service refused the connection: "
                    + data.getOrDefault("message", members.getOrDefault("data", "")));
          }
          boolean more = watcher.onEvent(event, data, text);
          position = Position.parse(members.getOrDefault("id", "")).or(() -> position);
          if (!more) {
            var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            return Optional.empty();
          }
        }
      }
    }
  }

  private static Duration pause(int failures) {
    int bound = Math.min(MAX_PAUSE_MS, 500 << Math.min(failures - 1, 10));
    return Duration.ofMillis(bound / 2 + ThreadLocalRandom.current().nextInt(bound / 2 + 1));
  }

  private sealed interface Frame {
    record Text(String text) implements Frame {}

    /** A ping; nothing to show. */
    record Alive() implements Frame {}

    record Ended(String why) implements Frame {}
  }

  /** Puts frames into the queue; asks for the next one only when there is room. */
  private static final class Frames implements WebSocket.Listener {
    private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      partial.append(part);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        put(new Frame.Text(text));
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, java.nio.ByteBuffer message) {
      put(new Frame.Alive());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      put(new Frame.Ended("closed with " + code + (reason.isEmpty() ? "" : " " + reason)));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      put(new Frame.Ended(error.getClass().getSimpleName()));
    }

    private void put(Frame frame) {
      try {
        queue.put(frame);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
