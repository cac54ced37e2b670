package io.realtime.verification.chaos.world;

import io.realtime.verification.chaos.oracle.Device;
import io.realtime.verification.harness.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Socket.IO client over WebSocket, made by hand so that it can misbehave: it comes back by itself
 * as the stock client does, returns its session and position, and may fall asleep, forget both as a
 * reloaded page does, or leave pings unanswered. Any thread may call.
 */
final class RawClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(8);

  private final Diary diary;
  private final HttpClient http;
  private final ScheduledExecutorService timer;
  private final URI address;
  private final boolean observes;
  private final Duration silence;

  private @Nullable Link link;
  private @Nullable String session;
  private @Nullable String position;
  private boolean awake = true;
  private volatile boolean mute;

  /**
   * @param silence after how long without a word of the server the connection counts as dead
   */
  RawClient(
      Diary diary,
      HttpClient http,
      ScheduledExecutorService timer,
      URI address,
      Device.Role role,
      Duration silence) {
    this.diary = diary;
    this.http = http;
    this.timer = timer;
    this.address = address;
    this.observes = role == Device.Role.OBSERVER;
    this.silence = silence;
  }

  Diary diary() {
    return diary;
  }

  synchronized void connect() {
    if (!awake || link != null) {
      return;
    }
    Link fresh = new Link();
    link = fresh;
    var _ =
        http.newWebSocketBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .buildAsync(address, fresh)
            .whenComplete(
                (socket, failure) -> {
                  if (failure != null) {
                    ended(fresh);
                  }
                });
  }

  /** Goes away by closing its connection, until {@link #wake}. */
  synchronized void sleep() {
    awake = false;
    Link running = link;
    if (running != null) {
      running.abort();
    }
  }

  synchronized void wake() {
    awake = true;
    mute = false;
    connect();
  }

  /** Forgets session and position and begins again, as a page that is loaded again. */
  synchronized void reload() {
    session = null;
    position = null;
    Link running = link;
    if (running != null) {
      running.abort();
    }
  }

  /** Answers no ping any more, so that nothing that comes is proven, until it is cut or woken. */
  void mute() {
    mute = true;
  }

  private void ended(Link which) {
    synchronized (this) {
      if (link != which) {
        return;
      }
      link = null;
      mute = false;
      diary.disconnected();
      if (!awake) {
        return;
      }
    }
    int delay = ThreadLocalRandom.current().nextInt(100, 1_000);
    var _ = timer.schedule(this::connect, delay, TimeUnit.MILLISECONDS);
  }

  private synchronized Map<String, Object> handshake() {
    Map<String, Object> auth = new LinkedHashMap<>();
    if (session != null) {
      auth.put("pid", session);
      if (position != null) {
        auth.put("offset", position);
      }
    }
    return auth;
  }

  private synchronized void welcomed(Link which, JsonNode welcome) {
    if (link != which) {
      return;
    }
    String before = session;
    String given = welcome.path("pid").asString("");
    boolean recovered = !given.isEmpty() && given.equals(before);
    session = given.isEmpty() ? null : given;
    diary.connected(recovered, before != null);
    if (observes) {
      which.send("42[\"subscribe:orders\",{\"userId\":\"" + diary.user() + "\"}]");
    }
  }

  private synchronized void event(Link which, JsonNode packet) {
    if (link != which) {
      return;
    }
    diary.event(packet.path(0).asString(""), packet.path(1));
    JsonNode last = packet.path(packet.size() - 1);
    if (session != null && packet.size() > 1 && last.isString()) {
      position = last.asString();
    }
  }

  @Override
  public void close() {
    sleep();
  }

  /** One connection. Its methods are called by one thread at a time. */
  private final class Link implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean over;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      if (over) {
        opened.abort();
      }
      watch();
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      heardAt = System.nanoTime();
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        packet(whole);
      }
      from.request(1);
      return null;
    }

    private void packet(String packet) {
      if (packet.startsWith("0")) {
        send("40" + Json.write(handshake()));
      } else if (packet.equals("2")) {
        if (!mute) {
          send("3");
        }
      } else if (packet.startsWith("40")) {
        welcomed(this, Json.read(packet.substring(2)));
      } else if (packet.startsWith("42")) {
        event(this, Json.read(packet.substring(2)));
      } else if (packet.startsWith("41") || packet.startsWith("44")) {
        diary.refused(packet);
        abort();
      }
    }

    /** One at a time, as the JDK's WebSocket wants it. */
    synchronized void send(String packet) {
      WebSocket open = socket;
      if (open != null) {
        sent = sent.handle((ok, failed) -> null).thenCompose(done -> open.sendText(packet, true));
      }
    }

    private void watch() {
      if (over) {
        return;
      }
      if (System.nanoTime() - heardAt > silence.toNanos()) {
        abort();
      } else {
        var _ = timer.schedule(this::watch, 500, TimeUnit.MILLISECONDS);
      }
    }

    void abort() {
      over = true;
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
      timer.execute(() -> ended(this));
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      over = true;
      ended(this);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      over = true;
      ended(this);
    }
  }
}
