package io.realtime.socketio.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.HttpCompression;
import io.realtime.socketio.server.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyCompressionTest {
  private static final int THRESHOLD = 100;

  private final BodyCompression compression =
      new BodyCompression(Optional.of(new HttpCompression(THRESHOLD, -1)));

  private HttpReply apply(String accepted, String body) {
    return compression.apply(
        CorsTest.request("GET", "Accept-Encoding", accepted), HttpReply.text(200, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br | gzip",
        "deflate, gzip | deflate",
        "deflate;q=0.9, gzip;q=0.8 | deflate",
        "deflate;q=0.5, gzip | gzip",
        "GZIP | gzip",
        "gzip;q=0, deflate | deflate",
        "gzip ; q=0.1 | gzip",
        "* | gzip",
        "*;q=0.5, deflate;q=0.5 | deflate",
        "*, gzip;q=0 | deflate",
        "*;q=0 | ''",
        "br | ''",
        "identity | ''",
        "gzip;q=2 | ''",
        "gzip;q=abc | ''",
        "gzippy | ''",
        "'' | ''",
        ",,, | ''",
      })
  void coding_isTheOneTheClientPrefers(String accepted, String coding) {
    assertThat(
            apply(accepted, "a".repeat(THRESHOLD)).headers().first("content-encoding").orElse(""))
        .isEqualTo(coding);
  }

  @Test
  void listOfAnyLength_isNotLookedAtPastItsBound() {
    assertThat(apply("gzip" + ",".repeat(8_000), "a".repeat(THRESHOLD)).headers().asMap())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void body_belowTheThresholdIsSentAsItIs_atItIsCompressed() throws IOException {
    String below = "a".repeat(THRESHOLD - 1);
    String atIt = "a".repeat(THRESHOLD);

    assertThat(apply("gzip", below).body()).isEqualTo(below.getBytes(StandardCharsets.UTF_8));
    assertThat(apply("gzip", below).headers().asMap()).doesNotContainKey("content-encoding");
    assertThat(text(new GZIPInputStream(new ByteArrayInputStream(apply("gzip", atIt).body()))))
        .isEqualTo(atIt);
    assertThat(
            text(new InflaterInputStream(new ByteArrayInputStream(apply("deflate", atIt).body()))))
        .isEqualTo(atIt);
  }

  @Test
  void everyLevel_givesTheBodyBack() throws IOException {
    byte[] body = "abcabc".repeat(500).getBytes(StandardCharsets.UTF_8);
    for (int level = -1; level <= 9; level++) {
      byte[] compressed = BodyCompression.compress(ContentCoding.GZIP, body, level);
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
        assertThat(in.readAllBytes()).isEqualTo(body);
      }
    }
  }

  @Test
  void switchedOff_orCodedAlready_isLeftAlone() {
    HttpReply coded =
        HttpReply.text(200, "a".repeat(THRESHOLD)).withHeader("content-encoding", "br");
    HttpReply plain = HttpReply.text(200, "a".repeat(THRESHOLD));
    var request = CorsTest.request("GET", "Accept-Encoding", "gzip");

    assertThat(compression.apply(request, coded)).isSameAs(coded);
    assertThat(new BodyCompression(Optional.empty()).apply(request, plain)).isSameAs(plain);
    assertThat(ContentCoding.preferred(request, List.of())).isEmpty();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
