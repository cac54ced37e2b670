package io.realtime.socketio.server.api;

import org.jspecify.annotations.Nullable;

/**
 * The way between an application's types and the JDK values of which packets are made. Stateless or
 * thread-safe; called on any thread, on the way of every argument.
 */
public interface PayloadMapper {

  /**
   * The JDK value (see {@link io.realtime.socketio.protocol.socketio.SocketPacket}) that stands for
   * an argument; values that are JDK values already come back as they are.
   *
   * @throws IllegalArgumentException when it has none
   */
  @Nullable Object write(Object value);

  /**
   * A value of {@code type} that an argument stands for.
   *
   * @throws IllegalArgumentException when it does not: that is the client's fault
   */
  <T> T read(@Nullable Object value, Class<T> type);

  /** JDK values only: writes them as they are, reads what is of the type already. */
  static PayloadMapper values() {
    return ValueMapper.VALUES;
  }

  /**
   * Records, enums, {@code java.time} instants (as ISO 8601 text) and lists, sets, maps and
   * optionals of these beside the JDK values: a record is an object with a member for each
   * component. Unknown members are ignored, missing ones are null, false, zero or empty.
   */
  static PayloadMapper records() {
    return RecordMapper.RECORDS;
  }
}
