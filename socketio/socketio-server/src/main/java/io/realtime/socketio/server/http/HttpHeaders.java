package io.realtime.socketio.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Header fields by case-insensitive name, in order of arrival, repeated names kept. Immutable. */
public final class HttpHeaders {
  private static final HttpHeaders EMPTY = new HttpHeaders(Map.of());

  private final Map<String, List<String>> byLowerCaseName;

  private HttpHeaders(Map<String, List<String>> byLowerCaseName) {
    this.byLowerCaseName = byLowerCaseName;
  }

  public static HttpHeaders empty() {
    return EMPTY;
  }

  /** Names and values in turn. */
  public static HttpHeaders of(String... namesAndValues) {
    HttpHeaders headers = EMPTY;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  /** A copy with one more field; an existing one of that name is kept beside it. */
  public HttpHeaders with(String name, String value) {
    Map<String, List<String>> copy = new LinkedHashMap<>(byLowerCaseName);
    List<String> values =
        new ArrayList<>(copy.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    values.add(value);
    copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
    return new HttpHeaders(copy);
  }

  /** A copy with every field of {@code other} added. */
  public HttpHeaders withAll(HttpHeaders other) {
    HttpHeaders result = this;
    for (Map.Entry<String, List<String>> field : other.byLowerCaseName.entrySet()) {
      for (String value : field.getValue()) {
        result = result.with(field.getKey(), value);
      }
    }
    return result;
  }

  /** The first value. */
  public Optional<String> first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  public List<String> all(String name) {
    return byLowerCaseName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Lower-case names to values. */
  public Map<String, List<String>> asMap() {
    return java.util.Collections.unmodifiableMap(byLowerCaseName);
  }
}
