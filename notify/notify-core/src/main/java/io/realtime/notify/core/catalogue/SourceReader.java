package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.SourceObject.Collector;
import io.realtime.notify.core.catalogue.SourceObject.Field;
import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a record's value once, front to back, without building a tree. Stateless; any thread. */
final class SourceReader {
  /** Where the id of a nested {@code product} is found. */
  static final String PRODUCT_ID = "product.id";

  private static final String PRODUCT = "product";

  private final RecordLimits limits;
  private final Set<String> known;
  private final JsonFactory factory;

  /**
   * @param known names of members of the outermost object that are to be found
   */
  SourceReader(RecordLimits limits, Set<String> known) {
    this.limits = limits;
    this.known = known;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxDepth())
                    .maxNumberLength(limits.maxNumberLength())
                    .maxStringLength(limits.maxBytes())
                    .maxNameLength(limits.maxBytes())
                    .build())
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
  }

  SourceObject read(byte[] value) {
    if (value.length > limits.maxBytes()) {
      throw new RejectedRecordException(
          Stage.APPEND,
          ErrorCode.TOO_LARGE,
          "value: %d bytes (expected: at most %d)".formatted(value.length, limits.maxBytes()));
    }
    int invalid = Text.firstInvalidUtf8(value);
    if (invalid >= 0) {
      throw malformed("value: not UTF-8 (expected: JSON in UTF-8)");
    }
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), value)) {
      return read(parser, value);
    } catch (StreamConstraintsException e) {
      throw new RejectedRecordException(
          Stage.DESERIALIZE,
          ErrorCode.TOO_LARGE,
          "value: nested too deep or a number too long (expected: at most %d levels, %d digits)"
              .formatted(limits.maxDepth(), limits.maxNumberLength()));
    } catch (JacksonException e) {
      throw malformed(
          "value: not JSON, at byte "
              + Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
    }
  }

  private SourceObject read(JsonParser parser, byte[] value) {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw malformed("value: empty (expected: a JSON object)");
    }
    if (first != JsonToken.START_OBJECT) {
      parser.skipChildren();
      requireEnd(parser);
      throw new RejectedRecordException(
          Stage.VALIDATE,
          ErrorCode.NOT_AN_OBJECT,
          "value: not an object (expected: a JSON object)");
    }
    Collector collector = new Collector();
    String before = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      int keyStart = offset(parser);
      collector.nextKey(before, keyStart);
      before = member(parser, collector, keyStart);
    }
    requireEnd(parser);
    return collector.of(value);
  }

  private String member(JsonParser parser, Collector collector, int keyStart) {
    String name = parser.currentName();
    JsonToken token = parser.nextToken();
    int valueStart = offset(parser);
    if (name.equals(PRODUCT) && token == JsonToken.START_OBJECT) {
      readProduct(parser, collector);
    } else if (!known.contains(name)) {
      parser.skipChildren();
    } else {
      String text = token.isScalarValue() ? parser.getString() : "";
      int valueEnd = -1;
      if (token.isStructStart()) {
        parser.skipChildren();
        valueEnd = offset(parser) + 1;
      }
      collector.add(name, new Field(token, text, keyStart, -1, valueStart, valueEnd));
    }
    return name;
  }

  private static void readProduct(JsonParser parser, Collector collector) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      int keyStart = offset(parser);
      boolean id = parser.currentName().equals("id");
      JsonToken token = parser.nextToken();
      if (id) {
        String text = token.isScalarValue() ? parser.getString() : "";
        collector.add(PRODUCT_ID, new Field(token, text, keyStart, -1, offset(parser), -1));
      }
      parser.skipChildren();
    }
  }

  private static void requireEnd(JsonParser parser) {
    @Nullable JsonToken trailing = parser.nextToken();
    if (trailing != null) {
      throw malformed("value: more than one JSON value (expected: one)");
    }
  }

  private static int offset(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  private static RejectedRecordException malformed(String message) {
    return new RejectedRecordException(Stage.DESERIALIZE, ErrorCode.MALFORMED_JSON, message);
  }
}
