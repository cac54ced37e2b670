package io.realtime.socketio.netty.http;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says in {@code Sec-WebSocket-Extensions} (RFC 6455, 9.1; RFC 7692, 7.1). The first
 * offer that we can agree to counts.
 */
final class DeflateOffer {
  /** Our answer to any offer: nothing is kept from one message to the next. */
  static final String AGREED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static final String NAME = "permessage-deflate";

  private DeflateOffer() {}

  /** Whether an offer is one that we can agree to; empty when a value is malformed. */
  static Optional<Boolean> in(List<String> values) {
    boolean agreeable = false;
    for (String value : values) {
      HeaderScan scan = new HeaderScan(value);
      do {
        Optional<Boolean> one = offer(scan);
        if (one.isEmpty()) {
          return Optional.empty();
        }
        agreeable |= one.get();
      } while (scan.skip(','));
      if (!scan.atEnd()) {
        return Optional.empty();
      }
    }
    return Optional.of(agreeable);
  }

  private static Optional<Boolean> offer(HeaderScan scan) {
    String name = scan.token();
    if (name == null) {
      return Optional.empty();
    }
    boolean agreeable = name.equals(NAME);
    Set<String> seen = new HashSet<>(4);
    while (scan.skip(';')) {
      String parameter = scan.token();
      boolean hasValue = parameter != null && scan.skip('=');
      String value = hasValue ? scan.tokenOrQuoted() : null;
      if (parameter == null || (hasValue && value == null)) {
        return Optional.empty();
      }
      agreeable &= seen.add(parameter) && canAgree(parameter, value);
    }
    return Optional.of(agreeable);
  }

  /**
   * The JDK compresses with the largest window alone: a client that wants the server's to be
   * smaller is declined. It may limit its own, or say that it could.
   */
  private static boolean canAgree(String parameter, @Nullable String value) {
    return switch (parameter) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      case "server_max_window_bits" -> value != null && value.equals("15");
      case "client_max_window_bits" -> value == null || isWindow(value);
      default -> false;
    };
  }

  private static boolean isWindow(String value) {
    return value.equals("8") || value.equals("9") || value.matches("1[0-5]");
  }
}
