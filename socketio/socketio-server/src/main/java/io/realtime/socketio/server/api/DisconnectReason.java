package io.realtime.socketio.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Why a socket ended: one name each, upstream's text where upstream has one, and the label of its
 * metric. The library's own are constants; an application may {@link #named name} a few for the
 * connections that it closes. There is one object for each text. Any thread.
 */
public final class DisconnectReason {
  /** Reasons that applications may name: each is a label for as long as the process lives. */
  public static final int MAX_NAMED = 32;

  private static final Pattern TEXT = Pattern.compile("[a-z][a-z0-9 _-]{0,47}");

  /** All that there are, the library's first; guarded by itself. */
  private static final List<DisconnectReason> ALL = new ArrayList<>();

  public static final DisconnectReason TRANSPORT_ERROR = of("transport error", true);
  public static final DisconnectReason TRANSPORT_CLOSE = of("transport close", true);
  public static final DisconnectReason FORCED_CLOSE = of("forced close", true);
  public static final DisconnectReason PING_TIMEOUT = of("ping timeout", true);
  public static final DisconnectReason PARSE_ERROR = of("parse error", false);
  public static final DisconnectReason SERVER_SHUTTING_DOWN = of("server shutting down", true);
  public static final DisconnectReason FORCED_SERVER_CLOSE = of("forced server close", true);
  public static final DisconnectReason CLIENT_NAMESPACE_DISCONNECT =
      of("client namespace disconnect", false);
  public static final DisconnectReason SERVER_NAMESPACE_DISCONNECT =
      of("server namespace disconnect", false);

  /** The client read too slowly and its outbound queue reached a bound. */
  public static final DisconnectReason SLOW_CONSUMER = of("slow consumer", true);

  /** A listener threw. */
  public static final DisconnectReason LISTENER_FAILED = of("listener failed", false);

  /** Its client came back by a new connection while this one still stood. */
  public static final DisconnectReason TAKEN_OVER = of("session taken over", true);

  private static final int LIBRARY_REASONS = ALL.size();

  private final String text;
  private final boolean recoverable;

  private DisconnectReason(String text, boolean recoverable) {
    this.text = text;
    this.recoverable = recoverable;
  }

  private static DisconnectReason of(String text, boolean recoverable) {
    DisconnectReason reason = new DisconnectReason(text, recoverable);
    synchronized (ALL) {
      ALL.add(reason);
    }
    return reason;
  }

  /**
   * The reason of that text, a new one if there is none yet; its sessions may be recovered.
   *
   * @param text at most 48 lower-case letters, digits, spaces, {@code _} and {@code -}
   * @throws IllegalArgumentException for another text, or for one more than {@link #MAX_NAMED}
   */
  public static DisconnectReason named(String text) {
    synchronized (ALL) {
      for (DisconnectReason known : ALL) {
        if (known.text.equals(text)) {
          return known;
        }
      }
      if (!TEXT.matcher(text).matches()) {
        throw new IllegalArgumentException("reason: " + text + " (expected: " + TEXT + ")");
      }
      if (ALL.size() - LIBRARY_REASONS >= MAX_NAMED) {
        throw new IllegalArgumentException(
            "reasons named: " + MAX_NAMED + " (expected: no more than that)");
      }
      return of(text, true);
    }
  }

  /** All that there are now: the library's, then those that were named, in that order. */
  public static List<DisconnectReason> all() {
    synchronized (ALL) {
      return List.copyOf(ALL);
    }
  }

  public String text() {
    return text;
  }

  /** Whether a session that ends so may be taken up again: the connection failed, nobody left. */
  public boolean recoverable() {
    return recoverable;
  }

  @Override
  public String toString() {
    return text;
  }
}
