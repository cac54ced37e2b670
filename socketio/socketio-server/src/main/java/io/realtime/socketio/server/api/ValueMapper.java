package io.realtime.socketio.server.api;

import org.jspecify.annotations.Nullable;

/** JDK values as they are. */
enum ValueMapper implements PayloadMapper {
  VALUES;

  @Override
  public Object write(Object value) {
    return value;
  }

  @Override
  public <T> T read(@Nullable Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "payload: "
              + (value == null ? "null" : value.getClass().getSimpleName())
              + " (expected: "
              + type.getSimpleName()
              + ")");
    }
    return type.cast(value);
  }
}
