package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads JSON text into values within limits: strict RFC 8259, and no duplicate names, no half of a
 * surrogate pair, no number beyond the range of a double. Immutable; any thread.
 */
final class JsonValues {
  /**
   * The one pool of parser buffers, by thread: packets are decoded by event loops, which are few.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          // a client chooses the names: they must not fill a table that all connections share
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  /** A server has one set of limits: a connection need not build its own factory. */
  private static volatile @Nullable JsonValues lastUsed;

  private final JsonFactory factory;
  private final DecodeLimits limits;

  private JsonValues(JsonFactory factory, DecodeLimits limits) {
    this.factory = factory;
    this.limits = limits;
  }

  static JsonValues within(DecodeLimits limits) {
    JsonValues last = lastUsed;
    if (last != null && last.limits.equals(limits)) {
      return last;
    }
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.maxDepth())
            .maxNumberLength(limits.maxNumberLength())
            // the parser takes some numbers for strings; our own pass is exact about strings
            .maxStringLength(Math.max(limits.maxStringLength(), limits.maxNumberLength()))
            .maxNameLength(limits.maxStringLength())
            .build();
    JsonValues values =
        new JsonValues(FACTORY.rebuild().streamReadConstraints(constraints).build(), limits);
    lastUsed = values;
    return values;
  }

  /** The one value that {@code text} holds from {@code from} to its end. */
  @Nullable Object parse(String text, int from, Attachments attachments) {
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), text.substring(from))) {
      return new JsonReading(parser, limits, attachments).document();
    } catch (JacksonException e) {
      // its message quotes the peer's text
      throw new MalformedPacketException("payload: not valid JSON within the limits");
    }
  }

  /** What {@link #parse} returned for an object. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> asObject(Map<?, ?> parsed) {
    return Collections.unmodifiableMap((Map<String, @Nullable Object>) parsed);
  }
}
