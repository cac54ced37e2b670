package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handshake in the form that Node gives it, for other nodes and for clients. Pure. */
final class HandshakeForm {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern(
              "EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HandshakeForm() {}

  static Map<String, @Nullable Object> toMap(Handshake handshake) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    handshake
        .headers()
        .asMap()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    map.put("headers", headers);
    map.put("time", TIME.format(handshake.issued()));
    map.put("address", handshake.address());
    map.put("xdomain", handshake.xdomain());
    map.put("secure", handshake.secure());
    map.put("issued", handshake.issued().toEpochMilli());
    map.put("url", handshake.url());
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    handshake
        .query()
        .forEach(
            (name, values) -> query.put(name, values.size() == 1 ? values.getFirst() : values));
    map.put("query", query);
    map.put("auth", handshake.auth());
    return map;
  }

  /** What {@link #toMap} has lost is empty; members of a wrong kind count as absent. */
  static Handshake fromMap(Map<String, @Nullable Object> map) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    object(map.get("query"))
        .forEach(
            (name, value) -> {
              List<String> values = new ArrayList<>();
              for (Object one : value instanceof List<?> many ? many : listOf(value)) {
                values.add(String.valueOf(one));
              }
              query.put(name, values);
            });
    List<String> headers = new ArrayList<>();
    object(map.get("headers"))
        .forEach(
            (name, value) -> {
              headers.add(name);
              headers.add(String.valueOf(value));
            });
    String url = map.get("url") instanceof String text ? text : "";
    String address = map.get("address") instanceof String text ? text : "";
    HttpRequest request =
        new HttpRequest(
            "GET",
            url,
            url.contains("?") ? url.substring(0, url.indexOf('?')) : url,
            query,
            HttpHeaders.of(headers.toArray(String[]::new)),
            InetSocketAddress.createUnresolved(address, 0),
            Boolean.TRUE.equals(map.get("secure")),
            new byte[0]);
    long issued = map.get("issued") instanceof Number number ? number.longValue() : 0;
    return new Handshake(request, Instant.ofEpochMilli(issued), object(map.get("auth")));
  }

  private static List<Object> listOf(@Nullable Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> object.put(String.valueOf(name), member));
    }
    return object;
  }
}
