package io.realtime.socketio.protocol.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.RawJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackTest {
  private static final DecodeLimits LIMITS = new DecodeLimits(0, 4, 20, 9, 300, 10, 10);

  private static String write(@Nullable Object value) {
    return HexFormat.of().formatHex(new MessagePackWriter().value(value).toBytes());
  }

  private static @Nullable Object read(String hex) {
    return read(hex, DecodeLimits.defaults());
  }

  private static @Nullable Object read(String hex, DecodeLimits limits) {
    return new MessagePackReader(HexFormat.of().parseHex(hex), limits).document();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(0, "00"),
        Arguments.of(127, "7f"),
        Arguments.of(128, "cc80"),
        Arguments.of(255, "ccff"),
        Arguments.of(256, "cd0100"),
        Arguments.of(65_535, "cdffff"),
        Arguments.of(65_536, "ce00010000"),
        Arguments.of(4_294_967_295L, "ceffffffff"),
        Arguments.of(4_294_967_296L, "cf0000000100000000"),
        Arguments.of(Long.MAX_VALUE, "cf7fffffffffffffff"),
        Arguments.of(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE), "cfffffffffffffffff"),
        Arguments.of(-1, "ff"),
        Arguments.of(-32, "e0"),
        Arguments.of(-33, "d0df"),
        Arguments.of(-128, "d080"),
        Arguments.of(-129, "d1ff7f"),
        Arguments.of(-32_768, "d18000"),
        Arguments.of(-32_769, "d2ffff7fff"),
        Arguments.of(Integer.MIN_VALUE, "d280000000"),
        Arguments.of(Integer.MIN_VALUE - 1L, "d3ffffffff7fffffff"),
        Arguments.of(Long.MIN_VALUE, "d38000000000000000"),
        Arguments.of(1.5, "cb3ff8000000000000"),
        Arguments.of(null, "c0"),
        Arguments.of(false, "c2"),
        Arguments.of(true, "c3"),
        Arguments.of("", "a0"),
        Arguments.of("é€𝄞", "a9c3a9e282acf09d849e"),
        Arguments.of("a".repeat(31), "bf" + "61".repeat(31)),
        Arguments.of("a".repeat(32), "d920" + "61".repeat(32)),
        Arguments.of("a".repeat(255), "d9ff" + "61".repeat(255)),
        Arguments.of("a".repeat(256), "da0100" + "61".repeat(256)),
        Arguments.of("a".repeat(65_535), "daffff" + "61".repeat(65_535)),
        Arguments.of("a".repeat(65_536), "db00010000" + "61".repeat(65_536)),
        Arguments.of(Collections.nCopies(15, 1), "9f" + "01".repeat(15)),
        Arguments.of(Collections.nCopies(16, 1), "dc0010" + "01".repeat(16)),
        Arguments.of(Collections.nCopies(65_535, 1), "dcffff" + "01".repeat(65_535)),
        Arguments.of(Collections.nCopies(65_536, 1), "dd00010000" + "01".repeat(65_536)),
        Arguments.of(Map.of("a", List.of(true)), "81a16191c3"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_eachSize_isWrittenShortestAndReadBack(@Nullable Object value, String hex) {
    assertThat(write(value)).isEqualTo(hex);
    assertThat(read(hex)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"0,c400", "255,c4ff", "256,c50100", "65535,c5ffff", "65536,c600010000"})
  void bytes_eachSize_standWhereTheyAre(int length, String head) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);

    assertThat(write(bytes)).isEqualTo(head + "07".repeat(length));
    assertThat(read(head + "07".repeat(length))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"15,8f", "16,de0010", "65535,deffff", "65536,df00010000"})
  void map_eachSize_isWrittenShortestAndReadBack(int size, String head) {
    Map<String, Object> map = new LinkedHashMap<>();
    IntStream.range(0, size).forEach(i -> map.put(Integer.toString(i), i));

    String hex = write(map);

    assertThat(hex).startsWith(head);
    assertThat(read(hex)).isEqualTo(map);
  }

  @Test
  void numbers_ofOtherTypes_areWrittenAsTheNearest() {
    assertThat(write((short) 1)).isEqualTo("01");
    assertThat(write((byte) -1)).isEqualTo("ff");
    assertThat(write(BigInteger.TEN)).isEqualTo("0a");
    assertThat(write(1.5f)).isEqualTo("cb3ff8000000000000");
    assertThat(write(new BigDecimal("1.5"))).isEqualTo("cb3ff8000000000000");
    assertThat(write(BigInteger.TWO.pow(70))).isEqualTo("cb4450000000000000");
    assertThat(write(Double.NaN)).isEqualTo("c0");
  }

  @Test
  void rawJson_isWrittenAsItsValue() {
    assertThat(write(List.of(RawJson.of("{\"a\":[1,null]}")))).isEqualTo("9181a1619201c0");
  }

  @ParameterizedTest
  @CsvSource({
    "ca3fc00000,1.5",
    "cc01,1",
    "cd0001,1",
    "ce00000001,1",
    "cf0000000000000001,1",
    "d0ff,-1",
    "d1ffff,-1",
    "d2ffffffff,-1",
    "d3ffffffffffffffff,-1",
    "d90161,a",
    "da000161,a",
    "db0000000161,a"
  })
  void value_notShortest_isReadAllTheSame(String hex, String expected) {
    assertThat(String.valueOf(read(hex))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "d7000000018bcfe5687b,2023-11-14T22:13:20.123Z",
    "d6ff6553f100,2023-11-14T22:13:20.000Z",
    "d7ff1d53e3006553f100,2023-11-14T22:13:20.123Z",
    "c70cff0754d4c0000000006553f100,2023-11-14T22:13:20.123Z",
    "d700ffffffffffffffff,1969-12-31T23:59:59.999Z",
    "d7000000000000000000,1970-01-01T00:00:00.000Z",
    "d700001eb208c2dc0000,+275760-09-13T00:00:00.000Z",
    "d700ffe14df73d240000,-271821-04-20T00:00:00.000Z"
  })
  void instant_isItsIsoText(String hex, String expected) {
    assertThat(read(hex)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void instant_random_isThatOfTheJdk(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      // the years 0 to 9999
      long millis = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);

      assertThat(read("d700" + HexFormat.of().toHexDigits(millis)))
          .isEqualTo(
              DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                  .withZone(ZoneOffset.UTC)
                  .format(Instant.ofEpochMilli(millis)));
    }
  }

  @Test
  void arrayBuffer_isBytes() {
    assertThat(read("c7020001ff")).isEqualTo(new byte[] {1, -1});
    assertThat(read("c800010009")).isEqualTo(new byte[] {9});
    assertThat(read("c9000000010009")).isEqualTo(new byte[] {9});
  }

  @Test
  void undefined_isNullInAnArrayAndNotThereInAnObject() {
    assertThat(read("d40000")).isNull();
    assertThat(read("92d4000001")).isEqualTo(Arrays.asList(null, 1));
    assertThat(read("82a161d40000a16201")).isEqualTo(Map.of("b", 1));
    assertThat(read("cb7ff8000000000000")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0101", // two values
        "c1", // never used
        "a2c3", // cut short
        "cd01",
        "cb3ff8",
        "c40501",
        "9201",
        "ddffffffff",
        "dfffffffff01",
        "dbffffffff61",
        "c6ffffffff00",
        "82a16101a16102", // a name twice
        "82a16101a161d40000",
        "81c001", // a name that is no text
        "810101",
        "a1ff", // no UTF-8
        "a2c080",
        "a3eda080", // half of a surrogate pair
        "d40100", // unknown extensions
        "d50001ff",
        "d80000000000000000000000000000000000",
        "c7010109",
        "c703ff010203",
        "d7007fffffffffffffff", // no instant
        "c70cff000000007fffffffffffffff",
        "d7fffffffffc6553f100"
      })
  void bytes_malformed_areRefused(String hex) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageStartingWith("msgpack: ");
  }

  @Test
  void limits_atTheLimit_areKept() {
    assertThat(read("91919190", LIMITS)).isNotNull();
    assertThat(read("dc0013" + "01".repeat(19), LIMITS)).isEqualTo(Collections.nCopies(19, 1));
    assertThat(read("da012c" + "61".repeat(300), LIMITS)).isNotNull();
    assertThat(read("de0009" + names(9), LIMITS)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("pastLimits")
  void limits_onePast_isRefused(String hex, String message) {
    assertThatThrownBy(() -> read(hex, LIMITS))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage(message);
  }

  static Stream<Arguments> pastLimits() {
    return Stream.of(
        Arguments.of("9191919190", "msgpack: nested deeper than 4"),
        Arguments.of("dc0014" + "01".repeat(20), "msgpack: more than 20 values"),
        Arguments.of("da012d" + "61".repeat(301), "msgpack: a string longer than 300 characters"),
        Arguments.of("de000a" + names(10), "msgpack: more than 9 names in one object"));
  }

  private static String names(int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append("a1").append(HexFormat.of().toHexDigits((byte) (0x61 + i))).append("01");
    }
    return hex.toString();
  }

  /** Each of the headers claims all bytes that are left, and may not have room made for them. */
  @Test
  void headers_thatAllClaimTheSameBytes_costNoMemory() {
    int depth = 500;
    int rest = 4_000_000;
    byte[] bytes = new byte[depth * 5 + rest];
    for (int i = 0; i < depth; i++) {
      bytes[i * 5] = (byte) Code.ARRAY_32;
      int claimed = bytes.length - (i + 1) * 5;
      for (int b = 0; b < 4; b++) {
        bytes[i * 5 + 1 + b] = (byte) (claimed >> (24 - 8 * b));
      }
    }
    bytes[depth * 5] = (byte) 0xc1;

    assertThatThrownBy(() -> new MessagePackReader(bytes, DecodeLimits.defaults()).document())
        .hasMessage("msgpack: an unknown type");
  }

  @Test
  void value_deeperThanTheBound_isRefusedOnWriting() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);

    assertThatThrownBy(() -> write(cycle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value: nested deeper than 1000 (expected: no cycle)");
  }

  @Test
  void value_ofAnotherType_isRefusedOnWriting() {
    assertThatThrownBy(() -> write(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value: java.lang.Object (expected: a JSON value, RawJson or byte[])");
  }
}
