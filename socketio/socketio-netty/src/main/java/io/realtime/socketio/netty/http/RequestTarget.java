package io.realtime.socketio.netty.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request target in its decoded parts (RFC 9112, 3.2; RFC 3986, 2.1).
 *
 * @param raw as it was sent
 * @param path percent-decoded; begins with a slash, or is {@code *}
 * @param query percent-decoded, {@code +} read as a space, in order of arrival
 */
record RequestTarget(String raw, String path, Map<String, List<String>> query) {

  /** Empty when the target is malformed. */
  static Optional<RequestTarget> parse(String target) {
    if (!printable(target)) {
      return Optional.empty();
    }
    String local = withoutAuthority(target);
    int question = local.indexOf('?');
    String rawPath = question < 0 ? local : local.substring(0, question);
    String rawQuery = question < 0 ? "" : local.substring(question + 1);
    if (!rawPath.startsWith("/") && !rawPath.equals("*")) {
      return Optional.empty();
    }
    Optional<String> path = decode(rawPath, false);
    Optional<Map<String, List<String>>> query = parseQuery(rawQuery);
    return path.isEmpty() || query.isEmpty()
        ? Optional.empty()
        : Optional.of(new RequestTarget(target, path.get(), query.get()));
  }

  private static boolean printable(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#') {
        return false;
      }
    }
    return true;
  }

  /** A proxy may send the absolute form. */
  private static String withoutAuthority(String target) {
    String scheme = "http";
    if (!target.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return target;
    }
    int authority = target.indexOf("://");
    if (authority < 0) {
      return target;
    }
    for (int i = authority + 3; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/') {
        return target.substring(i);
      }
      if (c == '?') {
        return "/" + target.substring(i);
      }
    }
    return "/";
  }

  private static Optional<Map<String, List<String>>> parseQuery(String raw) {
    if (raw.isEmpty()) {
      return Optional.of(Map.of());
    }
    List<String> parameters = new ArrayList<>();
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      if (end > start) {
        int equals = raw.indexOf('=', start);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        Optional<String> name = decode(raw.substring(start, nameEnd), true);
        Optional<String> value = decode(raw.substring(Math.min(nameEnd + 1, end), end), true);
        if (name.isEmpty() || value.isEmpty()) {
          return Optional.empty();
        }
        parameters.add(HandshakeTexts.parameter(name.get()));
        parameters.add(HandshakeTexts.argument(name.get(), value.get()));
      }
      start = end + 1;
    }
    return Optional.of(new QueryParameters(parameters));
  }

  private static Optional<String> decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(plusIsSpace ? raw.replace('+', ' ') : raw);
    }
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (i + 2 >= raw.length()) {
          return Optional.empty();
        }
        int high = Character.digit(raw.charAt(i + 1), 16);
        int low = Character.digit(raw.charAt(i + 2), 16);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length))
              .toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
