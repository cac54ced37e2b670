package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;

/** Why a request is refused: the code and text that clients see (upstream's table). */
public enum EngineError {
  TRANSPORT_UNKNOWN(0, "Transport unknown", 400),
  SESSION_UNKNOWN(1, "Session ID unknown", 400),
  BAD_HANDSHAKE_METHOD(2, "Bad handshake method", 400),
  BAD_REQUEST(3, "Bad request", 400),
  FORBIDDEN(4, "Forbidden", 403),
  UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version", 400);

  private final int code;
  private final String text;
  private final int status;

  EngineError(int code, String text, int status) {
    this.code = code;
    this.text = text;
    this.status = status;
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }

  /** The answer to a plain request. */
  public HttpReply reply() {
    return reply(text);
  }

  /** The same with the application's own words. */
  HttpReply reply(String message) {
    return HttpReply.json(status, "{\"code\":" + code + ",\"message\":" + quoted(message) + "}");
  }

  /** The answer to an upgrade request: always 400, the text alone, and the connection ends. */
  HttpReply upgradeReply(String message) {
    return new HttpReply(
        400,
        HttpHeaders.of("content-type", "text/html"),
        message.getBytes(StandardCharsets.UTF_8),
        true);
  }

  private static String quoted(String message) {
    StringBuilder json = new StringBuilder(message.length() + 2).append('"');
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
