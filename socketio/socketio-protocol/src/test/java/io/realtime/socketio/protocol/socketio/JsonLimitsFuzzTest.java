package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any text as JSON under narrow limits: what is accepted lies within them, and what lies within
 * them and is accepted under wide ones is accepted. Numbers are as long as under the wide limits,
 * because a value does not tell how it was written.
 */
class JsonLimitsFuzzTest {
  private static final DecodeLimits WIDE = DecodeLimits.defaults();
  private static final DecodeLimits NARROW =
      new DecodeLimits(2, 4, 12, 3, 8, WIDE.maxNumberLength(), WIDE.maxNamespaceLength());

  @FuzzTest
  void json(byte[] input) {
    String text = new String(input, UTF_8);
    Optional<List<@Nullable Object>> narrow = parse(text, NARROW);
    Optional<List<@Nullable Object>> wide = parse(text, WIDE);
    Measure measure = new Measure();
    wide.ifPresent(value -> measure.of(value.getFirst(), 0));
    assertThat(measure.digits).isLessThanOrEqualTo(WIDE.maxNumberLength());
    assertThat(narrow).isEqualTo(wide.filter(value -> measure.isWithin(NARROW)));
  }

  /** In a list, because a JSON value may be null. */
  private static Optional<List<@Nullable Object>> parse(String text, DecodeLimits limits) {
    try {
      return Optional.of(
          java.util.Collections.singletonList(
              JsonValues.within(limits).parse(text, 0, Attachments.none())));
    } catch (MalformedPacketException malformed) {
      return Optional.empty();
    }
  }

  /** The greatest of everything that a limit bounds. */
  private static final class Measure {
    private int depth;
    private int nodes;
    private int keys;
    private int string;
    private int digits;

    void of(@Nullable Object value, int above) {
      nodes++;
      switch (value) {
        case Map<?, ?> map -> {
          depth = Math.max(depth, above + 1);
          keys = Math.max(keys, map.size());
          map.forEach(
              (name, member) -> {
                string = Math.max(string, ((String) name).length());
                of(member, above + 1);
              });
        }
        case List<?> list -> {
          depth = Math.max(depth, above + 1);
          list.forEach(element -> of(element, above + 1));
        }
        case String text -> string = Math.max(string, text.length());
        case BigInteger number -> digits = Math.max(digits, number.abs().toString().length());
        case null, default -> {}
      }
    }

    boolean isWithin(DecodeLimits limits) {
      return depth <= limits.maxDepth()
          && nodes <= limits.maxNodes()
          && keys <= limits.maxKeysPerObject()
          && string <= limits.maxStringLength();
    }
  }
}
