package io.realtime.socketio.server.revision;

import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.util.ArrayList;
import java.util.List;

/** What polling requests say about the form of payloads. */
final class PollingRequest {
  private PollingRequest() {}

  /** Whether its client cannot take bytes. */
  static boolean wantsBase64(HttpRequest request) {
    return !request.queryFirst("b64").orElse("").isEmpty();
  }

  static boolean isBinary(HttpRequest post) {
    return post.headers().first("content-type").orElse("").startsWith("application/octet-stream");
  }

  /** With JSONP around it, if the handshake asks for that. */
  static PollingFormat wrapped(PollingFormat format, HttpRequest handshake) {
    return handshake
        .queryFirst("j")
        .<PollingFormat>map(index -> new JsonpFormat(format, index))
        .orElse(format);
  }

  static boolean isJsonp(HttpRequest handshake) {
    return handshake.queryFirst("j").isPresent();
  }

  static List<byte[]> payloads(List<Frame> frames) {
    List<byte[]> payloads = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      payloads.add(frame.payload());
    }
    return payloads;
  }
}
