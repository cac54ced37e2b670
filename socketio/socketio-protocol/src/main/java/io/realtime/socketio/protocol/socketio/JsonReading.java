package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One pass over one JSON text. Used once, by one thread. */
final class JsonReading {
  private final JsonParser parser;
  private final DecodeLimits limits;
  private final Attachments attachments;
  private int nodes;

  JsonReading(JsonParser parser, DecodeLimits limits, Attachments attachments) {
    this.parser = parser;
    this.limits = limits;
    this.attachments = attachments;
  }

  /** The text's value; nothing but white space may follow it. */
  @Nullable Object document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new MalformedPacketException("payload: empty");
    }
    Object value = value(first);
    if (parser.nextToken() != null) {
      throw new MalformedPacketException("payload: text after the JSON value");
    }
    return value;
  }

  private @Nullable Object value(JsonToken token) {
    if (++nodes > limits.maxNodes()) {
      throw new MalformedPacketException("payload: more than " + limits.maxNodes() + " values");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("token: " + token + " (expected: a value)");
    };
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>(4);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Object element = value(token);
      if (element instanceof Waiting(int number)) {
        int index = list.size();
        attachments.await(number, bytes -> list.set(index, bytes));
      }
      list.add(element);
    }
    return list;
  }

  /** A map, or {@link Waiting} in place of a placeholder. */
  private Object object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(8);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = text(parser.currentName());
      Object member = value(parser.nextToken());
      if (member instanceof Waiting(int number)) {
        attachments.await(number, bytes -> map.put(name, bytes));
      }
      int before = map.size();
      map.put(name, member);
      if (map.size() == before) {
        throw new MalformedPacketException("payload: a name twice in one object");
      }
      if (before == limits.maxKeysPerObject()) {
        throw new MalformedPacketException(
            "payload: more than " + limits.maxKeysPerObject() + " names in one object");
      }
    }
    int number = attachments.placeholder(map);
    return number < 0 ? map : new Waiting(number);
  }

  private String text(String text) {
    int length = text.length();
    if (length > limits.maxStringLength()) {
      throw new MalformedPacketException(
          "payload: a string longer than " + limits.maxStringLength() + " characters");
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && ++i < length
                && Character.isLowSurrogate(text.charAt(i));
        if (!paired) {
          throw new MalformedPacketException("payload: half of a surrogate pair");
        }
      }
    }
    return text;
  }

  private static Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new MalformedPacketException("payload: a number beyond the range of a double");
    }
    return value;
  }

  /** Stands where attachment {@code number} will be. */
  private record Waiting(int number) {}
}
