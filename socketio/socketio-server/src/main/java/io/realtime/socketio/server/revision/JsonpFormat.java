package io.realtime.socketio.server.revision;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Payloads for browsers that may not read other origins: answers are scripts that call {@code
 * ___eio[index]} with the payload, a POST is a form whose field {@code d} holds it.
 */
final class JsonpFormat implements PollingFormat {
  private static final String FIELD = "d=";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final PollingFormat format;
  private final byte[] head;

  /**
   * @param index as the client says it: what is no digit in it is left out
   */
  JsonpFormat(PollingFormat format, String index) {
    this.format = format;
    this.head =
        ("___eio[" + index.replaceAll("[^0-9]", "") + "](\"").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public BytesForm bytesForm() {
    return format.bytesForm();
  }

  @Override
  public HttpReply write(List<Frame> packets) {
    byte[] payload = format.write(packets).body();
    ByteArrayOutputStream script = new ByteArrayOutputStream(head.length + payload.length + 16);
    script.writeBytes(head);
    for (int i = 0; i < payload.length; i++) {
      if (isLineSeparator(payload, i)) {
        escape(script, 0x2000 | (payload[i + 2] & 0x3f));
        i += 2;
      } else {
        write(script, payload[i]);
      }
    }
    script.writeBytes("\");".getBytes(StandardCharsets.US_ASCII));
    return HttpReply.of(200, "text/plain; charset=UTF-8", script.toByteArray());
  }

  /** U+2028 and U+2029 in UTF-8: legal in JSON, not in older JavaScript. */
  private static boolean isLineSeparator(byte[] utf8, int at) {
    return utf8[at] == (byte) 0xe2
        && at + 2 < utf8.length
        && utf8[at + 1] == (byte) 0x80
        && (utf8[at + 2] == (byte) 0xa8 || utf8[at + 2] == (byte) 0xa9);
  }

  private static void write(ByteArrayOutputStream script, byte b) {
    switch (b) {
      case '"', '\\' -> shortEscape(script, b);
      case '\n' -> shortEscape(script, 'n');
      case '\r' -> shortEscape(script, 'r');
      case '\t' -> shortEscape(script, 't');
      case '\b' -> shortEscape(script, 'b');
      case '\f' -> shortEscape(script, 'f');
      default -> {
        if (b >= 0 && b < ' ') {
          escape(script, b);
        } else {
          script.write(b);
        }
      }
    }
  }

  private static void shortEscape(ByteArrayOutputStream script, int letter) {
    script.write('\\');
    script.write(letter);
  }

  private static void escape(ByteArrayOutputStream script, int character) {
    shortEscape(script, 'u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      script.write(HEX[(character >> shift) & 0xf]);
    }
  }

  @Override
  public boolean takes(HttpRequest post) {
    return true;
  }

  /** A form without the field, or with several, says nothing. */
  @Override
  public List<EnginePacket> read(HttpRequest post, int maxPackets) {
    Optional<String> encoded = field(new String(post.body(), StandardCharsets.UTF_8));
    return encoded.isEmpty() ? List.of() : readText(decode(encoded.get()), maxPackets);
  }

  @Override
  public List<EnginePacket> readText(String payload, int maxPackets) {
    return format.readText(payload, maxPackets);
  }

  private static Optional<String> field(String form) {
    Optional<String> found = Optional.empty();
    int at = 0;
    while (at < form.length()) {
      int end = form.indexOf('&', at);
      end = end < 0 ? form.length() : end;
      if (form.startsWith(FIELD, at)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Optional.of(form.substring(at + FIELD.length(), end));
      }
      at = end + 1;
    }
    return found;
  }

  private static String decode(String encoded) {
    try {
      return newlines(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new MalformedPacketException("form: malformed escape");
    }
  }

  /** The client writes a line feed as {@code \n}, because forms change them, and that as itself. */
  private static String newlines(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("\\\\n", at)) {
        plain.append("\\n");
        at += 3;
      } else if (text.startsWith("\\n", at)) {
        plain.append('\n');
        at += 2;
      } else {
        plain.append(text.charAt(at++));
      }
    }
    return plain.toString();
  }
}
