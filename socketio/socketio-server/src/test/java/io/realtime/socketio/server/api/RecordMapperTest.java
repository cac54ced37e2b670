package io.realtime.socketio.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.protocol.socketio.RawJson;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as payloads. */
class RecordMapperTest {
  private final PayloadMapper mapper = PayloadMapper.records();

  enum Size {
    SMALL,
    LARGE
  }

  record Line(String product, int count) {}

  record Order(
      String id,
      Size size,
      Instant at,
      List<Line> lines,
      Map<String, Long> totals,
      Set<String> tags,
      Optional<Line> gift,
      boolean paid,
      double weight,
      @Nullable Object other) {}

  private static final Order ORDER =
      new Order(
          "a",
          Size.LARGE,
          Instant.parse("2026-11-26T08:00:00Z"),
          List.of(new Line("p", 2)),
          Map.of("eur", 3L),
          Set.of("t"),
          Optional.of(new Line("g", 1)),
          true,
          1.5,
          List.of(1));

  @Test
  void record_isWrittenAsAnObjectAndComesBack() {
    Object written = mapper.write(ORDER);

    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put("id", "a");
    expected.put("size", "LARGE");
    expected.put("at", "2026-11-26T08:00:00Z");
    expected.put("lines", List.of(Map.of("product", "p", "count", 2)));
    expected.put("totals", Map.of("eur", 3L));
    expected.put("tags", List.of("t"));
    expected.put("gift", Map.of("product", "g", "count", 1));
    expected.put("paid", true);
    expected.put("weight", 1.5);
    expected.put("other", List.of(1));
    assertThat(written).isEqualTo(expected);
    assertThat(mapper.read(written, Order.class)).isEqualTo(ORDER);
  }

  @Test
  void missingMembers_areNullFalseZeroOrEmpty_unknownOnesAreIgnored() {
    Order order = mapper.read(Map.of("unknown", 1), Order.class);

    assertThat(order.paid()).isFalse();
    assertThat(order.weight()).isZero();
    assertThat(order.gift()).isEmpty();
    assertThat(order.other()).isNull();
    assertThat(mapper.read(Map.of(), Line.class).count()).isZero();
  }

  @Test
  void jdkValues_areWrittenAsTheyAre() {
    RawJson raw = RawJson.of("{}");
    byte[] bytes = {1};

    assertThat(mapper.write(raw)).isSameAs(raw);
    assertThat(mapper.write(bytes)).isSameAs(bytes);
    assertThat(mapper.write("x")).isEqualTo("x");
    assertThat(mapper.write(Arrays.asList(null, 1))).isEqualTo(Arrays.asList(null, 1));
    assertThat(mapper.write(Optional.empty())).isNull();
  }

  @Test
  void numbers_areReadWhereTheyFit() {
    assertThat(mapper.read(7, Long.class)).isEqualTo(7L);
    assertThat(mapper.read(7, Double.class)).isEqualTo(7.0);
    assertThat(mapper.read(7.0, Integer.class)).isEqualTo(7);
    assertThat(mapper.read(9_007_199_254_740_993L, Long.class)).isEqualTo(9_007_199_254_740_993L);
    refuses(7.5, Integer.class);
    refuses(1L << 40, Integer.class);
    refuses(BigInteger.TWO.pow(80), Long.class);
  }

  @Test
  void whatDoesNotFit_isRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> mapper.read("secret", Line.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload: String (expected: Line)");
    refuses(Map.of("count", "2"), Line.class);
    refuses(Map.of("size", "HUGE"), Order.class);
    refuses(Map.of("at", "yesterday"), Order.class);
    refuses(Map.of("lines", "none"), Order.class);
    refuses(1, Instant.class);
    assertThatThrownBy(() -> mapper.read(null, Line.class))
        .hasMessage("payload: null (expected: Line)");
  }

  /** Checks what it is made of. */
  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("value: " + value + " (expected: positive)");
      }
    }
  }

  @Test
  void recordThatRefusesItsMembers_isTheClientsFault() {
    assertThatThrownBy(() -> mapper.read(Map.of("value", 0), Positive.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload: an object (expected: one that Positive takes)");
  }

  @Test
  void values_areNotMapped() {
    PayloadMapper values = PayloadMapper.values();

    assertThat(values.write(ORDER)).isSameAs(ORDER);
    assertThat(values.read("x", String.class)).isEqualTo("x");
    assertThatThrownBy(() -> values.read(1, String.class))
        .hasMessage("payload: Integer (expected: String)");
    assertThatThrownBy(() -> values.read(null, String.class))
        .hasMessage("payload: null (expected: String)");
  }

  private void refuses(Object value, Class<?> type) {
    assertThatThrownBy(() -> mapper.read(value, type)).isInstanceOf(IllegalArgumentException.class);
  }
}
