package io.realtime.socketio.netty.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the head of a request says, once checked. */
sealed interface RequestHead {
  /** Header fields of one request; past it 431. */
  int MAX_FIELDS = 100;

  /** Shared, since it cannot be written to. */
  byte[] NO_BODY = {};

  /** It is answered with {@code reply}, and the connection ends. */
  record Refused(HttpReply reply) implements RequestHead {}

  /**
   * @param request without its body
   * @param contentLength declared bytes of the body; -1 when it is chunked
   * @param expectsContinue whether the client waits for 100 before it sends the body
   * @param persistent whether the connection may serve another request
   * @param modern HTTP/1.1
   */
  record Accepted(
      io.realtime.socketio.server.http.HttpRequest request,
      long contentLength,
      boolean expectsContinue,
      boolean persistent,
      boolean modern)
      implements RequestHead {

    boolean hasBody() {
      return contentLength != 0;
    }

    /** Whether it asks for a WebSocket (RFC 6455, 4.2.1); any other upgrade is not for us. */
    boolean asksForWebSocket() {
      return modern
          && hasToken(request.headers().all("upgrade"), "websocket")
          && hasToken(request.headers().all("connection"), "upgrade");
    }
  }

  /** Checks what the decoder made of a head. */
  static RequestHead of(HttpRequest decoded, InetSocketAddress remote, boolean secure) {
    if (decoded.decoderResult().isFailure()) {
      return new Refused(HttpReply.text(statusOf(decoded.decoderResult().cause()), ""));
    }
    boolean modern = decoded.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!modern && !decoded.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return new Refused(HttpReply.text(505, "HTTP/1.1 is spoken here"));
    }
    List<String> hosts = decoded.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (modern && hosts.isEmpty())) {
      return new Refused(HttpReply.text(400, "exactly one Host is needed"));
    }
    String method = decoded.method().name();
    Optional<RequestTarget> target = HandshakeTexts.target(decoded.uri());
    if (target.isEmpty() || !method.equals(method.toUpperCase(Locale.ROOT))) {
      return new Refused(HttpReply.text(400, "malformed request line"));
    }
    if (decoded.headers().size() > MAX_FIELDS) {
      return new Refused(HttpReply.text(431, "too many header fields"));
    }
    HttpHeaders headers = copy(decoded);
    List<String> codings = headers.all("transfer-encoding");
    if (!codings.isEmpty()
        && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
      return new Refused(HttpReply.text(400, "chunked is the only transfer coding here"));
    }
    Optional<String> expect = headers.first("expect");
    if (expect.isPresent() && !expect.get().equalsIgnoreCase("100-continue")) {
      return new Refused(HttpReply.text(417, "only 100-continue can be expected"));
    }
    return new Accepted(
        new io.realtime.socketio.server.http.HttpRequest(
            method,
            target.get().raw(),
            target.get().path(),
            target.get().query(),
            headers,
            remote,
            secure,
            NO_BODY),
        contentLength(headers),
        modern && expect.isPresent(),
        modern && !hasToken(headers.all("connection"), "close"),
        modern);
  }

  private static int statusOf(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return 414;
    }
    return cause instanceof TooLongHttpHeaderException ? 431 : 400;
  }

  /** The decoder has checked that it is a single decimal number, and alone. */
  private static long contentLength(HttpHeaders headers) {
    if (headers.first("transfer-encoding").isPresent()) {
      return -1;
    }
    return headers.first("content-length").map(Long::parseLong).orElse(0L);
  }

  private static HttpHeaders copy(HttpRequest decoded) {
    List<String> namesAndValues = new ArrayList<>(decoded.headers().size() * 2);
    for (Map.Entry<String, String> field : decoded.headers()) {
      String name = HandshakeTexts.name(field.getKey());
      namesAndValues.add(name);
      namesAndValues.add(HandshakeTexts.value(name, field.getValue()));
    }
    return HttpHeaders.of(namesAndValues.toArray(String[]::new));
  }

  private static boolean hasToken(List<String> values, String token) {
    for (String value : values) {
      for (String part : value.split(",", -1)) {
        if (part.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }
}
