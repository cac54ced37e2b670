package io.realtime.socketio.server.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole answer. The listener adds {@code Content-Length} and {@code Date}.
 *
 * @param closeAfter whether the TCP connection ends behind this answer
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body, boolean closeAfter) {

  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, HttpHeaders.of("content-type", contentType), body, false);
  }

  public static HttpReply text(int status, String body) {
    return of(status, "text/plain; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply json(int status, String body) {
    return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** No body at all. */
  public static HttpReply empty(int status) {
    return new HttpReply(status, HttpHeaders.empty(), new byte[0], false);
  }

  public HttpReply withHeader(String name, String value) {
    return new HttpReply(status, headers.with(name, value), body, closeAfter);
  }

  /** The same answer with these fields instead. */
  public HttpReply withHeaders(HttpHeaders newHeaders) {
    return new HttpReply(status, newHeaders, body, closeAfter);
  }

  public HttpReply closing() {
    return new HttpReply(status, headers, body, true);
  }
}
