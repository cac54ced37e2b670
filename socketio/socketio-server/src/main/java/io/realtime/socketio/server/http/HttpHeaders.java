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

  /** Names and values in turn; linear in their number. */
  public static HttpHeaders of(String... namesAndValues) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields
          .computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(namesAndValues[i + 1]);
    }
    fields.replaceAll((name, values) -> List.copyOf(values));
    return new HttpHeaders(fields);
  }

  /**
   * A copy with one more field; an existing one of that name is kept beside it. For many fields use
   * {@link #of}.
   */
  public HttpHeaders with(String name, String value) {
    Map<String, List<String>> copy = new LinkedHashMap<>(byLowerCaseName);
    copy.merge(name.toLowerCase(Locale.ROOT), List.of(value), HttpHeaders::joined);
    return new HttpHeaders(copy);
  }

  /** A copy with every field of {@code other} added. */
  public HttpHeaders withAll(HttpHeaders other) {
    if (other.byLowerCaseName.isEmpty()) {
      return this;
    }
    Map<String, List<String>> copy = new LinkedHashMap<>(byLowerCaseName);
    other.byLowerCaseName.forEach((name, values) -> copy.merge(name, values, HttpHeaders::joined));
    return new HttpHeaders(copy);
  }

  /** A copy in which the field of that name has this value alone. */
  public HttpHeaders set(String name, String value) {
    Map<String, List<String>> copy = new LinkedHashMap<>(byLowerCaseName);
    copy.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return new HttpHeaders(copy);
  }

  /** A copy that has no field of that name. */
  public HttpHeaders without(String name) {
    Map<String, List<String>> copy = new LinkedHashMap<>(byLowerCaseName);
    copy.remove(name.toLowerCase(Locale.ROOT));
    return new HttpHeaders(copy);
  }

  private static List<String> joined(List<String> known, List<String> more) {
    List<String> joined = new ArrayList<>(known);
    joined.addAll(more);
    return List.copyOf(joined);
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
