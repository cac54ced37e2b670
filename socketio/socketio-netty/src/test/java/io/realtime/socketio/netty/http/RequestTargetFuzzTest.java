package io.realtime.socketio.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes as a request target. */
class RequestTargetFuzzTest {
  private static final int ROUNDS = 2_000;
  private static final String LIKELY = "/?&=%+#*ht:@.2efFaZ0é ";

  @FuzzTest
  void target(byte[] input) {
    assertDecodesOrIsRefused(new String(input, ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void target_random_decodesOrIsRefused(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder target = new StringBuilder("/");
      for (int i = random.nextInt(30); i > 0; i--) {
        target.append(LIKELY.charAt(random.nextInt(LIKELY.length())));
      }
      assertDecodesOrIsRefused(target.toString());
    }
  }

  private static void assertDecodesOrIsRefused(String target) {
    RequestTarget.parse(target)
        .ifPresent(
            parsed -> {
              assertThat(parsed.path()).matches("(?s)/.*|\\*");
              assertThat(target).matches("[!-~&&[^#]]+");
              RequestTarget again = RequestTarget.parse(written(parsed)).orElseThrow();
              assertThat(again.path()).isEqualTo(parsed.path());
              assertThat(again.query()).isEqualTo(parsed.query());
            });
  }

  /** As a client writes it that encodes everything. */
  private static String written(RequestTarget target) {
    StringBuilder text = new StringBuilder();
    if (target.path().equals("*")) {
      text.append('*');
    } else {
      text.append('/').append(encoded(target.path().substring(1)));
    }
    char before = '?';
    for (Map.Entry<String, List<String>> parameter : target.query().entrySet()) {
      for (String value : parameter.getValue()) {
        text.append(before).append(encoded(parameter.getKey())).append('=').append(encoded(value));
        before = '&';
      }
    }
    return text.toString();
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      encoded.append('%').append(java.util.HexFormat.of().toHexDigits(b));
    }
    return encoded.toString();
  }
}
