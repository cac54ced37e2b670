package io.realtime.socketio.server.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose body, if any, has arrived whole and within its limit.
 *
 * @param method upper case
 * @param target the request target as it was sent: it may hold a token, so it is never logged
 * @param path the decoded path, without the query
 * @param query decoded parameters in order of arrival; a repeated name keeps every value
 * @param secure whether it came over TLS
 * @param body empty when there is none; belongs to the request and is never written to
 */
public record HttpRequest(
    String method,
    String target,
    String path,
    Map<String, List<String>> query,
    HttpHeaders headers,
    InetSocketAddress remote,
    boolean secure,
    byte[] body) {

  /** The first value of a query parameter. */
  public Optional<String> queryFirst(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /**
   * Whether its sender has the version with this entity tag already (RFC 9110, 13.1.2).
   *
   * @param etag strong, quotes included
   */
  public boolean knows(String etag) {
    for (String field : headers.all("if-none-match")) {
      for (String tag : field.split(",", -1)) {
        String text = tag.strip();
        if (text.equals("*") || text.equals(etag) || text.equals("W/" + etag)) {
          return true;
        }
      }
    }
    return false;
  }

  /** This request with the body that arrived behind its head. */
  public HttpRequest withBody(byte[] whole) {
    return new HttpRequest(method, target, path, query, headers, remote, secure, whole);
  }
}
