package io.realtime.notify.core.inbox;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a user's inbox: everything up to {@code seq}, with the {@link Chain} there. To a
 * client it is the opaque text {@code <seq>-<chain16>} (delivery.md 2.7).
 *
 * @param seq 0 before the first entry
 */
public record Position(long seq, long chain) {
  private static final Pattern TEXT = Pattern.compile("(0|[1-9]\\d{0,17})-([0-9a-f]{16})");

  public Position {
    if (seq < 0) {
      throw new IllegalArgumentException("seq: " + seq + " (expected: >= 0)");
    }
  }

  /** What a client sent back; empty when it never was a position. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Position(
                Long.parseLong(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2), 16)))
        : Optional.empty();
  }

  public String text() {
    return seq + "-" + HexFormat.of().toHexDigits(chain);
  }
}
