package io.realtime.notify.app.remote;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** As much JSON as a command line needs, without a tree. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** JSON text that stands for itself where a value is written. */
  public record Raw(String text) {}

  /**
   * One object on one line. Values are {@link Raw}, numbers, booleans, maps, iterables, or written
   * as text.
   */
  public static String object(Map<String, ? extends Object> members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, members);
    }
    return out.toString();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case Raw raw -> out.writeRawValue(raw.text());
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean bool -> out.writeBoolean(bool);
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach(
            (name, member) -> {
              out.writeName(String.valueOf(name));
              write(out, member);
            });
        out.writeEndObject();
      }
      case Iterable<?> all -> {
        out.writeStartArray();
        all.forEach(one -> write(out, one));
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }

  /** Whether {@code text} is exactly one JSON value. */
  public static boolean isValue(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  /**
   * The members of the outermost object: strings as their text, everything else as its JSON. Empty
   * when {@code text} is not one object.
   */
  public static Optional<Map<String, String>> members(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        @Nullable JsonToken token = parser.nextToken();
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (token == JsonToken.VALUE_STRING) {
          members.put(name, parser.getString());
          continue;
        }
        if (token != null && token.isScalarValue()) {
          members.put(name, parser.getString());
          continue;
        }
        parser.skipChildren();
        int end = Math.toIntExact(parser.currentTokenLocation().getByteOffset()) + 1;
        members.put(name, new String(utf8, start, end - start, StandardCharsets.UTF_8));
      }
      return Optional.of(members);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The text members called {@code name} at any depth, in order. */
  public static Iterable<String> texts(String json, String name) {
    java.util.List<String> found = new java.util.ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && name.equals(parser.currentName())) {
          found.add(parser.getString());
        }
      }
    } catch (JacksonException e) {
      return java.util.List.of();
    }
    return found;
  }
}
