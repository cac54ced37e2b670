package io.realtime.socketio.server.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link PayloadMapper#records}. Stateless. */
enum RecordMapper implements PayloadMapper {
  RECORDS;

  @Override
  public @Nullable Object write(Object value) {
    return switch (value) {
      case Record record -> writeRecord(record);
      case Enum<?> constant -> constant.name();
      case Instant instant -> instant.toString();
      case Optional<?> optional -> writeOrNull(optional.orElse(null));
      case Map<?, ?> map -> writeMap(map);
      case Collection<?> collection -> writeAll(collection);
      default -> value;
    };
  }

  private @Nullable Object writeOrNull(@Nullable Object value) {
    return value == null ? null : write(value);
  }

  private List<@Nullable Object> writeAll(Collection<?> values) {
    List<@Nullable Object> written = new ArrayList<>(values.size());
    values.forEach(value -> written.add(writeOrNull(value)));
    return written;
  }

  private Map<String, @Nullable Object> writeMap(Map<?, ?> map) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    map.forEach((name, value) -> object.put(String.valueOf(name), writeOrNull(value)));
    return object;
  }

  private Object writeRecord(Record record) {
    if (record instanceof io.realtime.socketio.protocol.socketio.RawJson) {
      return record;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      object.put(component.getName(), writeOrNull(read(record, component)));
    }
    return object;
  }

  private static @Nullable Object read(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw new IllegalArgumentException(
          "payload: " + record.getClass().getSimpleName() + " cannot be read", failure);
    }
  }

  @Override
  public <T> T read(@Nullable Object value, Class<T> type) {
    Object read = readAs(value, type);
    if (read == null) {
      throw refused(value, type);
    }
    @SuppressWarnings("unchecked") // primitives are boxed
    T typed = (T) read;
    return typed;
  }

  private @Nullable Object readAs(@Nullable Object value, Type type) {
    if (type instanceof ParameterizedType generic) {
      return readGeneric(value, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    if (!(type instanceof Class<?> plain)) {
      return value;
    }
    if (plain == Optional.class
        || plain == List.class
        || plain == Set.class
        || plain == Map.class) {
      return readGeneric(value, plain, new Type[] {Object.class, Object.class});
    }
    return value == null ? absent(plain) : readPlain(value, plain);
  }

  private @Nullable Object readGeneric(@Nullable Object value, Class<?> raw, Type[] of) {
    if (raw == Optional.class) {
      return value == null ? Optional.empty() : Optional.ofNullable(readAs(value, of[0]));
    }
    if (value == null) {
      return null;
    }
    if (raw == Map.class && value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> read = new LinkedHashMap<>();
      map.forEach((name, member) -> read.put(String.valueOf(name), readAs(member, of[1])));
      return read;
    }
    if ((raw == List.class || raw == Collection.class || raw == Set.class)
        && value instanceof List<?> list) {
      Collection<@Nullable Object> read =
          raw == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
      list.forEach(element -> read.add(readAs(element, of[0])));
      return read;
    }
    throw refused(value, raw);
  }

  private @Nullable Object readPlain(Object value, Class<?> type) {
    if (type.isRecord() && value instanceof Map<?, ?> object) {
      return readRecord(object, type);
    }
    if (type.isEnum() && value instanceof String name) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> ((Enum<?>) constant).name().equals(name))
          .findFirst()
          .orElseThrow(() -> refused(value, type));
    }
    if (type == Instant.class && value instanceof String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException malformed) {
        throw refused(value, type);
      }
    }
    if (value instanceof Number number) {
      return readNumber(number, type);
    }
    if (type.isInstance(value) || (type == boolean.class && value instanceof Boolean)) {
      return value;
    }
    throw refused(value, type);
  }

  private static Object readNumber(Number number, Class<?> type) {
    double value = number.doubleValue();
    if (type == double.class || type == Double.class) {
      return value;
    }
    if ((type == int.class || type == Integer.class) && value == number.intValue()) {
      return number.intValue();
    }
    if ((type == long.class || type == Long.class) && value == number.longValue()) {
      return number.longValue();
    }
    if (type.isInstance(number)) {
      return number;
    }
    throw refused(number, type);
  }

  private Object readRecord(Map<?, ?> object, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = readAs(object.get(components[i].getName()), components[i].getGenericType());
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw new IllegalArgumentException(
          "payload: an object (expected: one that " + type.getSimpleName() + " takes)", failure);
    }
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == double.class ? 0.0 : null;
  }

  /** The value is the client's: it is not quoted. */
  private static IllegalArgumentException refused(@Nullable Object value, Class<?> type) {
    return new IllegalArgumentException(
        "payload: "
            + (value == null ? "null" : value.getClass().getSimpleName())
            + " (expected: "
            + type.getSimpleName()
            + ")");
  }
}
