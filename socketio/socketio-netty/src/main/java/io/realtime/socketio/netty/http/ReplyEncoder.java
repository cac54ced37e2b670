package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.realtime.socketio.netty.loop.DirectMemory;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Encodes answers (RFC 9112, 4 and 5). Fields that frame the body are the listener's own. */
final class ReplyEncoder {
  private static final int HEAD_GUESS = 256;
  private static final Set<String> OWN_FIELDS =
      Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade");

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private static volatile DateLine dateLine = new DateLine(Long.MIN_VALUE, "");

  private record DateLine(long second, String text) {}

  private ReplyEncoder() {}

  /**
   * A whole answer.
   *
   * @param head whether the request was a HEAD, whose answer has no body
   * @throws IllegalArgumentException when a header would break the line it stands on
   */
  static ByteBuf whole(ByteBufAllocator alloc, HttpReply reply, boolean head, boolean persistent) {
    StringBuilder text = start(reply.status(), reply.headers());
    byte[] body = reply.body();
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    if (!bodiless) {
      text.append("content-length: ").append(body.length).append("\r\n");
    }
    connection(text, persistent);
    return buffer(alloc, text, bodiless || head ? new byte[0] : body);
  }

  /** The head of an answer whose body follows in pieces. */
  static ByteBuf streamHead(
      ByteBufAllocator alloc, int status, HttpHeaders headers, boolean chunked) {
    StringBuilder text = start(status, headers);
    if (chunked) {
      text.append("transfer-encoding: chunked\r\n");
    }
    connection(text, false);
    return buffer(alloc, text, new byte[0]);
  }

  /** One piece of a chunked body; an empty one would end it. */
  static ByteBuf chunk(ByteBufAllocator alloc, byte[] bytes) {
    String size = Integer.toHexString(bytes.length);
    ByteBuf out = DirectMemory.buffer(alloc, size.length() + 4 + bytes.length);
    out.writeCharSequence(size, StandardCharsets.US_ASCII);
    return out.writeByte('\r').writeByte('\n').writeBytes(bytes).writeByte('\r').writeByte('\n');
  }

  static ByteBuf lastChunk(ByteBufAllocator alloc) {
    return ascii(alloc, "0\r\n\r\n");
  }

  static ByteBuf continue100(ByteBufAllocator alloc) {
    return ascii(alloc, "HTTP/1.1 100 Continue\r\n\r\n");
  }

  /** The answer that opens a WebSocket (RFC 6455, 4.2.2). */
  static ByteBuf switching(ByteBufAllocator alloc, String accept, HttpHeaders headers) {
    StringBuilder text = start(101, headers);
    text.append("upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ")
        .append(accept)
        .append("\r\n\r\n");
    return ascii(alloc, text.toString());
  }

  private static StringBuilder start(int status, HttpHeaders headers) {
    StringBuilder text = new StringBuilder(HEAD_GUESS);
    text.append("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(HttpResponseStatus.valueOf(status).reasonPhrase())
        .append("\r\ndate: ")
        .append(date())
        .append("\r\n");
    for (Map.Entry<String, List<String>> field : headers.asMap().entrySet()) {
      if (OWN_FIELDS.contains(field.getKey())) {
        continue;
      }
      for (String value : field.getValue()) {
        append(text, field.getKey(), value);
      }
    }
    return text;
  }

  private static void append(StringBuilder text, String name, String value) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == ':') {
        throw new IllegalArgumentException("a header's name holds a character that it must not");
      }
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
        throw new IllegalArgumentException(
            "the value of header " + name + " holds a character that it must not");
      }
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static void connection(StringBuilder text, boolean persistent) {
    text.append(persistent ? "\r\n" : "connection: close\r\n\r\n");
  }

  private static ByteBuf buffer(ByteBufAllocator alloc, StringBuilder head, byte[] body) {
    ByteBuf out = DirectMemory.buffer(alloc, head.length() + body.length);
    out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
    return out.writeBytes(body);
  }

  private static ByteBuf ascii(ByteBufAllocator alloc, String text) {
    ByteBuf out = DirectMemory.buffer(alloc, text.length());
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    return out;
  }

  /** Made once a second, whichever thread comes first. */
  private static String date() {
    long second = System.currentTimeMillis() / 1000;
    DateLine known = dateLine;
    if (known.second() != second) {
      known =
          new DateLine(
              second, IMF_FIXDATE.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
      dateLine = known;
    }
    return known.text();
  }
}
