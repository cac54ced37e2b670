package io.realtime.socketio.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
  private final Positions positions = new Positions(0x5eed_0123_4567L);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 4_095, 4_096, 1_000_000_007, (1L << 48) - 2})
  void numberOfAnEvent_writtenAndParsed_isTheSame(long number) {
    String position = positions.of(number);

    assertThat(position).hasSize(Positions.LENGTH).matches("[0-9A-Za-z_.-]+");
    assertThat(positions.parse(position)).hasValue(number);
  }

  @Test
  void placeholderInText_writtenOver_becomesThePosition() {
    byte[] text =
        ("42[\"e\",\"" + positions.placeholder() + "\"]").getBytes(StandardCharsets.UTF_8);

    positions.write(77, text, 8);

    assertThat(new String(text, StandardCharsets.UTF_8))
        .isEqualTo("42[\"e\",\"" + positions.of(77) + "\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "Q861Hhb", "1795397399179-0", "\u0000\u0000\u0000", "aaaaaa.00000001"})
  void anythingElse_parsed_isNone(String other) {
    assertThat(positions.parse(other)).isEmpty();
  }

  @Test
  void positionWithABadDigit_parsed_isNone() {
    String position = positions.of(5);

    assertThat(positions.parse(position.substring(0, Positions.LENGTH - 1) + "\u00e9")).isEmpty();
    assertThat(positions.parse(position.substring(0, Positions.LENGTH - 1) + "=")).isEmpty();
    assertThat(positions.parse(position + "0")).isEmpty();
    assertThat(positions.parse(position.substring(1))).isEmpty();
  }

  @Test
  void anotherProcess_positionOfTheFirst_isNone() {
    assertThat(new Positions(0x5eed_0123_4568L).parse(positions.of(5))).isEmpty();
  }
}
