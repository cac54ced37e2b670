package io.realtime.socketio.server.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Header fields by case-insensitive name, in order of arrival, repeated names kept. Immutable.
 *
 * <p>One flat array, since the fields of a handshake stay for as long as its connection.
 */
public final class HttpHeaders {
  private static final HttpHeaders EMPTY = new HttpHeaders(new String[0]);

  /** Lower-case names and values in turn; never written to. */
  private final String[] fields;

  private HttpHeaders(String[] fields) {
    this.fields = fields;
  }

  public static HttpHeaders empty() {
    return EMPTY;
  }

  /** Names and values in turn; linear in their number. */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "namesAndValues: " + namesAndValues.length + " (expected: an even number of them)");
    }
    String[] fields = namesAndValues.clone();
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = fields[i].toLowerCase(Locale.ROOT);
    }
    return new HttpHeaders(fields);
  }

  /**
   * A copy with one more field; an existing one of that name is kept beside it. For many fields use
   * {@link #of}.
   */
  public HttpHeaders with(String name, String value) {
    return withAll(of(name, value));
  }

  /** A copy with every field of {@code other} added. */
  public HttpHeaders withAll(HttpHeaders other) {
    if (other.fields.length == 0) {
      return this;
    }
    String[] sum = Arrays.copyOf(fields, fields.length + other.fields.length);
    System.arraycopy(other.fields, 0, sum, fields.length, other.fields.length);
    return new HttpHeaders(sum);
  }

  /** A copy in which the field of that name has this value alone, where the first of them was. */
  public HttpHeaders set(String name, String value) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    List<String> kept = new ArrayList<>(fields.length + 2);
    boolean placed = false;
    for (int i = 0; i < fields.length; i += 2) {
      boolean same = fields[i].equals(lowerCase);
      if (!same || !placed) {
        kept.add(fields[i]);
        kept.add(same ? value : fields[i + 1]);
      }
      placed |= same;
    }
    if (!placed) {
      kept.add(lowerCase);
      kept.add(value);
    }
    return new HttpHeaders(kept.toArray(String[]::new));
  }

  /** A copy that has no field of that name. */
  public HttpHeaders without(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    List<String> kept = new ArrayList<>(fields.length);
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].equals(lowerCase)) {
        kept.add(fields[i]);
        kept.add(fields[i + 1]);
      }
    }
    return new HttpHeaders(kept.toArray(String[]::new));
  }

  /** The first value. */
  public Optional<String> first(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals(lowerCase)) {
        return Optional.of(fields[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** Every value, in order of arrival. */
  public List<String> all(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals(lowerCase)) {
        values.add(fields[i + 1]);
      }
    }
    return List.copyOf(values);
  }

  /** Lower-case names to values; made anew by each call. */
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.computeIfAbsent(fields[i], name -> new ArrayList<>(1)).add(fields[i + 1]);
    }
    map.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(map);
  }
}
