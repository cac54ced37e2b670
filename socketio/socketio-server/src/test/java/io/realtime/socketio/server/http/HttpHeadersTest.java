package io.realtime.socketio.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpHeadersTest {
  private static final int MANY = 50_000;

  @Test
  void of_repeatedNamesInAnyCase_keepsAllInOrder() {
    HttpHeaders headers = HttpHeaders.of("Accept", "a", "host", "h", "ACCEPT", "b");

    assertThat(headers.all("accept")).containsExactly("a", "b");
    assertThat(headers.first("Accept")).contains("a");
    assertThat(headers.asMap().keySet()).containsExactly("accept", "host");
    assertThat(headers.all("absent")).isEmpty();
  }

  @Test
  void with_oneMoreOfAName_leavesTheOriginalAsItWas() {
    HttpHeaders one = HttpHeaders.of("Vary", "Origin");

    HttpHeaders two = one.with("vary", "Accept");

    assertThat(one.all("vary")).containsExactly("Origin");
    assertThat(two.all("vary")).containsExactly("Origin", "Accept");
  }

  @Test
  void withAll_addsBehindWhatWasThere() {
    HttpHeaders sum =
        HttpHeaders.of("a", "1").withAll(HttpHeaders.of("b", "2", "A", "3", "b", "4"));

    assertThat(sum.asMap())
        .containsEntry("a", List.of("1", "3"))
        .containsEntry("b", List.of("2", "4"));
    assertThat(sum.withAll(HttpHeaders.empty())).isSameAs(sum);
  }

  @Test
  void set_nameThatRepeats_replacesItWhereTheFirstWas() {
    HttpHeaders headers = HttpHeaders.of("a", "1", "b", "2", "A", "3");

    assertThat(headers.set("A", "4").asMap())
        .containsExactly(Map.entry("a", List.of("4")), Map.entry("b", List.of("2")));
    assertThat(headers.set("C", "5").asMap().keySet()).containsExactly("a", "b", "c");
    assertThat(headers.all("a")).containsExactly("1", "3");
  }

  @Test
  void without_nameInAnyCase_dropsEveryFieldOfIt() {
    HttpHeaders headers = HttpHeaders.of("a", "1", "b", "2", "A", "3");

    assertThat(headers.without("A").asMap()).containsExactly(Map.entry("b", List.of("2")));
    assertThat(headers.without("c").asMap()).isEqualTo(headers.asMap());
  }

  /** Copying the map or the values for each field would take minutes. */
  @Test
  void of_manyFields_isLinear() {
    String[] distinct = new String[2 * MANY];
    String[] repeated = new String[2 * MANY];
    for (int i = 0; i < MANY; i++) {
      distinct[2 * i] = "n" + i;
      repeated[2 * i] = "same";
      distinct[2 * i + 1] = "v";
      repeated[2 * i + 1] = "v";
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(HttpHeaders.empty().withAll(HttpHeaders.of(distinct)).asMap()).hasSize(MANY);
          assertThat(HttpHeaders.empty().withAll(HttpHeaders.of(repeated)).all("same"))
              .hasSize(MANY);
        });
  }
}
