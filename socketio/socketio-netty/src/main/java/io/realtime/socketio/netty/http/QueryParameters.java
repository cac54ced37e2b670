package io.realtime.socketio.netty.http;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, by name, in order of arrival, repeated names kept. As small as can
 * be, because a handshake's stay in memory as long as its connection; they are few, so a name is
 * looked for from the first on. Immutable.
 */
final class QueryParameters extends AbstractMap<String, List<String>> {
  private static final String[] NONE = {};

  /** Names and values in turn. */
  private final String[] flat;

  /**
   * @param namesAndValues in turn
   */
  QueryParameters(List<String> namesAndValues) {
    this.flat = namesAndValues.toArray(NONE);
  }

  @Override
  public @Nullable List<String> get(@Nullable Object name) {
    List<String> values = List.of();
    for (int i = 0; i < flat.length; i += 2) {
      if (flat[i].equals(name)) {
        values = values.isEmpty() ? List.of(flat[i + 1]) : joined(values, flat[i + 1]);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private static List<String> joined(List<String> values, String more) {
    List<String> joined = new ArrayList<>(values);
    joined.add(more);
    return List.copyOf(joined);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, List<String>>> entrySet() {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (int i = 0; i < flat.length; i += 2) {
      byName.merge(flat[i], List.of(flat[i + 1]), (known, more) -> joined(known, more.getFirst()));
    }
    return Collections.unmodifiableMap(byName).entrySet();
  }
}
