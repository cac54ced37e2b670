package io.realtime.socketio.netty.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One instance of what the handshakes of many clients say alike, because each handshake stays in
 * memory for as long as its connection. Only what cannot be a secret is remembered here: never a
 * cookie, a token, or a target with a parameter other than the protocol's own. Any thread may call.
 *
 * <p>Bounded: a fixed number of slots, in which a newer text replaces an older one.
 */
final class HandshakeTexts {
  /** A longer text is not remembered. */
  static final int MAX_LENGTH = 256;

  private static final int SLOTS = 512;

  private static final Set<String> ALIKE_FIELDS =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "connection",
          "host",
          "origin",
          "pragma",
          "sec-fetch-dest",
          "sec-fetch-mode",
          "sec-fetch-site",
          "sec-websocket-extensions",
          "sec-websocket-version",
          "upgrade",
          "user-agent");

  private static final Set<String> PROTOCOL_PARAMETERS = Set.of("EIO", "transport");

  private static final AtomicReferenceArray<String> TEXTS = new AtomicReferenceArray<>(SLOTS);
  private static final AtomicReferenceArray<RequestTarget> TARGETS =
      new AtomicReferenceArray<>(SLOTS);

  private HandshakeTexts() {}

  /** The lower-case name of a header field. */
  static String name(String name) {
    return shared(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The value of a header field.
   *
   * @param name lower case
   */
  static String value(String name, String value) {
    return ALIKE_FIELDS.contains(name) ? shared(value) : value;
  }

  /** The name of a query parameter. */
  static String parameter(String name) {
    return shared(name);
  }

  /** The value of a query parameter. */
  static String argument(String name, String value) {
    return PROTOCOL_PARAMETERS.contains(name) ? shared(value) : value;
  }

  /** As {@link RequestTarget#parse}. */
  static Optional<RequestTarget> target(String raw) {
    int slot = slotOf(raw);
    RequestTarget known = TARGETS.get(slot);
    if (known != null && known.raw().equals(raw)) {
      return Optional.of(known);
    }
    Optional<RequestTarget> parsed = RequestTarget.parse(raw);
    parsed.filter(HandshakeTexts::isAlike).ifPresent(target -> TARGETS.set(slot, target));
    return parsed;
  }

  /** Whether it is a bare handshake: both parameters of the protocol, once each, and no other. */
  private static boolean isAlike(RequestTarget target) {
    return target.raw().length() <= MAX_LENGTH
        && target.query().keySet().equals(PROTOCOL_PARAMETERS)
        && target.query().values().stream().allMatch(values -> values.size() == 1);
  }

  private static String shared(String text) {
    if (text.length() > MAX_LENGTH) {
      return text;
    }
    int slot = slotOf(text);
    String known = TEXTS.get(slot);
    if (text.equals(known)) {
      return known;
    }
    TEXTS.set(slot, text);
    return text;
  }

  private static int slotOf(String text) {
    int hash = text.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), SLOTS);
  }
}
