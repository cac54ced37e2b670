package io.realtime.notify.http.site;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file in memory with its validator. Caches keep it and ask each time whether it has changed (RFC
 * 9110, 13).
 *
 * @param body never written to
 * @param etag strong, quotes included
 * @param contentSecurityPolicy what a page may load
 */
public record StaticFile(
    byte[] body, String contentType, String etag, String contentSecurityPolicy) {

  public static StaticFile of(byte[] body, String contentType, String contentSecurityPolicy) {
    return new StaticFile(body, contentType, etag(body), contentSecurityPolicy);
  }

  /** 200, or 304 when the client has it. */
  public HttpReply reply(HttpRequest request) {
    HttpReply reply =
        request.knows(etag) ? HttpReply.empty(304) : HttpReply.of(200, contentType, body);
    return reply
        .withHeader("etag", etag)
        .withHeader("cache-control", "no-cache")
        .withHeader("content-security-policy", contentSecurityPolicy);
  }

  private static String etag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
