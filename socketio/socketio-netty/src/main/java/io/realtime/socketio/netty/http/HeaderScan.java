package io.realtime.socketio.netty.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one header value from left to right, each character once (RFC 9110, 5.6). */
final class HeaderScan {
  private final String value;
  private int at;

  HeaderScan(String value) {
    this.value = value;
  }

  /** Whether every value is a comma-separated list of tokens, none of them empty. */
  static boolean isTokenList(List<String> values) {
    for (String value : values) {
      HeaderScan scan = new HeaderScan(value);
      do {
        if (scan.token() == null) {
          return false;
        }
      } while (scan.skip(','));
      if (!scan.atEnd()) {
        return false;
      }
    }
    return true;
  }

  /** The token that stands here, or null. */
  @Nullable String token() {
    skipSpace();
    int start = at;
    while (at < value.length() && isTokenChar(value.charAt(at))) {
      at++;
    }
    return start == at ? null : value.substring(start, at);
  }

  /** A token, or the token inside a quoted string; null when neither stands here. */
  @Nullable String tokenOrQuoted() {
    skipSpace();
    if (at >= value.length() || value.charAt(at) != '"') {
      return token();
    }
    at++;
    String quoted = token();
    if (at >= value.length() || value.charAt(at) != '"') {
      return null;
    }
    at++;
    return quoted;
  }

  /** Goes past {@code separator}, if it is what comes next. */
  boolean skip(char separator) {
    skipSpace();
    if (at < value.length() && value.charAt(at) == separator) {
      at++;
      return true;
    }
    return false;
  }

  boolean atEnd() {
    skipSpace();
    return at == value.length();
  }

  private void skipSpace() {
    while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
