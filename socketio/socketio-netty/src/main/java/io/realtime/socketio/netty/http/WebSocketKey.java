package io.realtime.socketio.netty.http;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake of a WebSocket, as far as its headers go (RFC 6455, 4.2). */
sealed interface WebSocketKey {
  String VERSION = "13";

  /**
   * @param answer the value of {@code Sec-WebSocket-Accept}
   * @param offersDeflate whether the client offers a permessage-deflate that we can agree to
   */
  record Accepted(String answer, boolean offersDeflate) implements WebSocketKey {}

  record Refused(HttpReply reply) implements WebSocketKey {}

  static WebSocketKey of(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return new Refused(HttpReply.text(400, "a WebSocket is opened with GET"));
    }
    if (!request.headers().all("sec-websocket-version").equals(List.of(VERSION))) {
      return new Refused(
          HttpReply.text(426, "WebSocket version 13 is spoken here")
              .withHeader("sec-websocket-version", VERSION));
    }
    List<String> keys = request.headers().all("sec-websocket-key");
    if (keys.size() != 1 || !isSixteenBytes(keys.getFirst())) {
      return new Refused(
          HttpReply.text(400, "exactly one Sec-WebSocket-Key of 16 bytes is needed"));
    }
    Optional<Boolean> offersDeflate =
        DeflateOffer.in(request.headers().all("sec-websocket-extensions"));
    if (offersDeflate.isEmpty()
        || !HeaderScan.isTokenList(request.headers().all("sec-websocket-protocol"))) {
      return new Refused(HttpReply.text(400, "a malformed list of extensions or subprotocols"));
    }
    return new Accepted(answerTo(keys.getFirst()), offersDeflate.get());
  }

  private static boolean isSixteenBytes(String key) {
    if (key.length() != 24) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String answerTo(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] salted =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(sha1.digest(salted));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-1", missing);
    }
  }
}
