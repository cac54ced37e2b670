package io.realtime.socketio.protocol.socketio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A growing UTF-8 text to which one packet is written; byte arrays are set aside as attachments, in
 * depth-first order. Used once, by one thread.
 */
final class JsonText {
  /** Deeper values are refused rather than let a cycle end in a stack overflow. */
  static final int MAX_DEPTH = 1_000;

  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] PLACEHOLDER =
      ascii("{\"" + Placeholders.MARK + "\":true,\"" + Placeholders.NUMBER + "\":");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int MAX_INT_DIGITS = 11;

  /** An object or array of some members: too much is cut off, too little grows. */
  private static final int STRUCTURE = 320;

  private byte[] bytes;
  private int size;
  private int depth;
  private List<byte[]> attachments = List.of();

  JsonText(int expectedSize) {
    bytes = Scratch.take(expectedSize);
  }

  /** The text, once; the array is the caller's. */
  byte[] toBytes() {
    if (size == bytes.length && size > Scratch.MAX) {
      return bytes;
    }
    byte[] text = Arrays.copyOf(bytes, size);
    Scratch.giveBack(bytes);
    return text;
  }

  List<byte[]> attachments() {
    return attachments;
  }

  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  void raw(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  void number(long value) {
    if (value < 0) {
      raw(ascii(Long.toString(value)));
      return;
    }
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    reserve(digits);
    size += digits;
    long rest = value;
    for (int at = size - 1; digits > 0; digits--) {
      bytes[at--] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  void value(@Nullable Object value) {
    switch (value) {
      case null -> raw(NULL);
      case RawJson json -> raw(json.utf8());
      case String text -> string(text);
      case Boolean flag -> raw(flag ? TRUE : FALSE);
      case Number number -> number(number);
      case byte[] attachment -> placeholder(attachment);
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default ->
          throw new IllegalArgumentException(
              "value: "
                  + value.getClass().getName()
                  + " (expected: a JSON value, RawJson or byte[])");
    }
  }

  void array(List<?> list) {
    enter();
    ascii('[');
    boolean first = true;
    for (Object element : list) {
      if (!first) {
        ascii(',');
      }
      first = false;
      value(element);
    }
    ascii(']');
    depth--;
  }

  void object(Map<?, ?> map) {
    enter();
    ascii('{');
    boolean first = true;
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!first) {
        ascii(',');
      }
      first = false;
      string(String.valueOf(member.getKey()));
      ascii(':');
      value(member.getValue());
    }
    ascii('}');
    depth--;
  }

  void string(String text) {
    reserve(text.length() + 2);
    bytes[size++] = '"';
    int done = asciiPrefix(text);
    if (done < text.length()) {
      escaped(text, done);
    }
    reserve(1);
    bytes[size++] = '"';
  }

  /** Text outside of JSON, such as a namespace. */
  void plain(String text) {
    raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Copies what needs neither escape nor a second byte; returns how much that was. */
  private int asciiPrefix(String text) {
    int length = text.length();
    int at = size;
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        break;
      }
      bytes[at++] = (byte) c;
    }
    size = at;
    return i;
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      reserve(6);
      if (c < 0x80) {
        escapedAscii(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | (c >> 6));
        continuation(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int codePoint = Character.toCodePoint(c, text.charAt(++i));
        bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
        continuation(codePoint >> 12);
        continuation(codePoint >> 6);
        continuation(codePoint);
      } else if (Character.isSurrogate(c)) {
        // half a pair has no UTF-8: written as JSON.stringify writes it
        unicodeEscape(c);
      } else {
        bytes[size++] = (byte) (0xe0 | (c >> 12));
        continuation(c >> 6);
        continuation(c);
      }
    }
  }

  private void escapedAscii(char c) {
    switch (c) {
      case '"', '\\' -> shortEscape(c);
      case '\n' -> shortEscape('n');
      case '\r' -> shortEscape('r');
      case '\t' -> shortEscape('t');
      case '\b' -> shortEscape('b');
      case '\f' -> shortEscape('f');
      default -> {
        if (c < ' ') {
          unicodeEscape(c);
        } else {
          bytes[size++] = (byte) c;
        }
      }
    }
  }

  private void shortEscape(char letter) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) letter;
  }

  private void unicodeEscape(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void number(Number number) {
    switch (number) {
      case Integer value -> number(value.longValue());
      case Long value -> number(value.longValue());
      case Double value when !Double.isFinite(value) -> raw(NULL);
      case Float value when !Float.isFinite(value) -> raw(NULL);
      default -> raw(ascii(number.toString()));
    }
  }

  private void placeholder(byte[] attachment) {
    if (attachments.isEmpty()) {
      attachments = new ArrayList<>(2);
    }
    raw(PLACEHOLDER);
    number(attachments.size());
    ascii('}');
    attachments.add(attachment);
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("value: nested deeper than " + MAX_DEPTH);
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, Math.max(needed, Math.max(16, bytes.length + (bytes.length >> 1))));
    }
  }

  /** Inserts the decimal digits of {@code value} and a hyphen at {@code index}. */
  void insertCount(int index, int value) {
    byte[] digits = ascii(value + "-");
    reserve(digits.length);
    System.arraycopy(bytes, index, bytes, index + digits.length, size - index);
    System.arraycopy(digits, 0, bytes, index, digits.length);
    size += digits.length;
  }

  /** Replaces one ASCII character that is already written. */
  void replace(int index, char c) {
    bytes[index] = (byte) c;
  }

  /** An estimate, so that most packets are written without growing. */
  static int estimate(@Nullable Object value) {
    return switch (value) {
      case RawJson json -> json.utf8().length;
      case String text -> text.length() + 2;
      case Map<?, ?> map -> map.isEmpty() ? 2 : STRUCTURE;
      case List<?> list -> list.isEmpty() ? 2 : STRUCTURE;
      case null, default -> MAX_INT_DIGITS;
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
