package io.realtime.socketio.server.api;

import io.realtime.socketio.protocol.socketio.ReservedEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event prepared for any number of sends: it is encoded at most once per wire format, when first
 * needed, and the encoded form is shared by all recipients. Immutable but for that cache; any
 * thread.
 */
public final class Message {
  private final List<@Nullable Object> arguments;
  private final @Nullable String conflationKey;

  /** What it has been encoded to so far; most messages have one form. */
  private volatile @Nullable Encoding encodings;

  private Message(List<@Nullable Object> arguments, @Nullable String conflationKey) {
    this.arguments = arguments;
    this.conflationKey = conflationKey;
  }

  /**
   * Arguments as {@link io.realtime.socketio.protocol.socketio.SocketPacket} describes them.
   *
   * @throws IllegalArgumentException for a reserved name
   */
  public static Message of(String event, @Nullable Object... arguments) {
    return mapped(PayloadMapper.values(), event, arguments);
  }

  /**
   * Arguments of the application's types, written by {@code mapper}.
   *
   * @throws IllegalArgumentException for a reserved name, or what the mapper cannot write
   */
  public static Message mapped(PayloadMapper mapper, String event, @Nullable Object... arguments) {
    if (ReservedEvents.contains(event)) {
      throw new IllegalArgumentException(
          "event: " + event + " (expected: a name that is not reserved)");
    }
    List<@Nullable Object> all = new ArrayList<>(arguments.length + 1);
    all.add(event);
    for (@Nullable Object argument : arguments) {
      all.add(argument == null ? null : mapper.write(argument));
    }
    return new Message(Collections.unmodifiableList(all), null);
  }

  /**
   * The same event as the state of something that has one current value. To a client that reads too
   * slowly, a later message with the same key goes in place of this one while this one waits: it
   * ends with the latest value, and its queue holds one packet for each key. Such an event is not
   * kept for recovery; it is sent without a write mark, and should not end in a string (the stock
   * client would take that for its position).
   *
   * @param key what it is the state of; compared within one namespace and connection
   */
  public Message conflatedBy(String key) {
    return new Message(arguments, key);
  }

  /** See {@link #conflatedBy}. */
  public Optional<String> conflationKey() {
    return Optional.ofNullable(conflationKey);
  }

  /** A message of an event that is in wire values already: its name, then its arguments. */
  public static Message ofEvent(List<? extends @Nullable Object> nameAndArguments) {
    return new Message(Collections.unmodifiableList(new ArrayList<>(nameAndArguments)), null);
  }

  /** The event's name, then its arguments. */
  public List<@Nullable Object> arguments() {
    return arguments;
  }

  /** The encoding of that wire format, made by {@code encoder} the first time. */
  public Object encoded(String wireFormat, Function<Message, Object> encoder) {
    Object known = known(wireFormat);
    return known != null ? known : encode(wireFormat, encoder);
  }

  private synchronized Object encode(String wireFormat, Function<Message, Object> encoder) {
    Object known = known(wireFormat);
    if (known != null) {
      return known;
    }
    Object fresh = encoder.apply(this);
    encodings = new Encoding(wireFormat, fresh, encodings);
    return fresh;
  }

  private @Nullable Object known(String wireFormat) {
    for (Encoding one = encodings; one != null; one = one.next()) {
      if (one.wireFormat().equals(wireFormat)) {
        return one.bytes();
      }
    }
    return null;
  }

  private record Encoding(String wireFormat, Object bytes, @Nullable Encoding next) {}
}
