package io.realtime.notify.http.plain;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.RawJson;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Stateless; any thread. JSON text to the values of {@link
 * io.realtime.socketio.protocol.socketio.SocketPacket} and back. {@link RawJson} is written as it
 * is, bytes as base64 text.
 */
public final class JsonFrames {
  private final DecodeLimits limits;
  private final JsonFactory json;

  public JsonFrames(DecodeLimits limits) {
    this.limits = limits;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxDepth())
                    .maxNumberLength(limits.maxNumberLength())
                    .maxStringLength(limits.maxStringLength())
                    .build())
            .build();
  }

  /** One value and nothing behind it. */
  @Nullable Object read(String text) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new MalformedPacketException("frame: empty");
      }
      @Nullable Object value = new Reading(parser).value();
      if (parser.nextToken() != null) {
        throw new MalformedPacketException("frame: text behind the value");
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedPacketException("frame: not valid JSON, or past a limit");
    }
  }

  byte[] write(@Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), out)) {
      writeValue(generator, value);
    }
    return out.toByteArray();
  }

  /** A value as JSON. */
  public String text(@Nullable Object value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }

  private static void writeValue(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case RawJson raw -> out.writeRawValue(raw.toString());
      case Boolean bool -> out.writeBoolean(bool);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case BigInteger number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Double _ -> out.writeNull();
      case byte[] bytes -> out.writeBinary(bytes);
      case Map<?, ?> members -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          out.writeName(String.valueOf(member.getKey()));
          writeValue(out, member.getValue());
        }
        out.writeEndObject();
      }
      case Iterable<?> items -> {
        out.writeStartArray();
        for (Object item : items) {
          writeValue(out, item);
        }
        out.writeEndArray();
      }
      default ->
          throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    }
  }

  /** One frame's walk; depth is bounded by the parser. */
  private final class Reading {
    private final JsonParser parser;
    private int nodes;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    @Nullable Object value() {
      if (++nodes > limits.maxNodes()) {
        throw new MalformedPacketException("frame: too many values");
      }
      return switch (parser.currentToken()) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_STRING -> parser.getString();
        case VALUE_NUMBER_INT -> parser.getNumberValue();
        case VALUE_NUMBER_FLOAT -> decimal();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        default -> throw new MalformedPacketException("frame: not valid JSON");
      };
    }

    private Object decimal() {
      double number = parser.getDoubleValue();
      return Double.isFinite(number) ? (Object) number : parser.getDecimalValue();
    }

    private Map<String, @Nullable Object> object() {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, value());
        if (members.size() > limits.maxKeysPerObject()) {
          throw new MalformedPacketException("frame: too many members in one object");
        }
      }
      return members;
    }

    private List<@Nullable Object> array() {
      List<@Nullable Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value());
      }
      return items;
    }
  }
}
