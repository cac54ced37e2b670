package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8CheckTest {

  @Test
  void everyTwoAndThreeByteStart_agreesWithTheJdk() {
    byte[] bytes = new byte[3];
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        bytes[2] = (byte) 0x80;
        assertThat(check(bytes, 2)).isEqualTo(jdk(bytes, 2));
        assertThat(check(bytes, 3)).isEqualTo(jdk(bytes, 3));
      }
    }
  }

  @Test
  void mutatedTexts_agreeWithTheJdk_howeverTheyAreCut() {
    Random random = new Random(7);
    byte[] sample = "aé€𝄞\uFFFD\u0800\uD7FF\uE000z".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = sample.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      int length = random.nextInt(bytes.length + 1);
      int cut = random.nextInt(length + 1);
      Utf8Check check = new Utf8Check();
      boolean valid =
          check.accepts(bytes, 0, cut) && check.accepts(bytes, cut, length) && check.complete();
      assertThat(valid).as("round %d of seed 7", round).isEqualTo(jdk(bytes, length));
    }
  }

  private static boolean check(byte[] bytes, int length) {
    Utf8Check check = new Utf8Check();
    return check.accepts(bytes, 0, length) && check.complete();
  }

  private static boolean jdk(byte[] bytes, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException invalid) {
      return false;
    }
  }
}
