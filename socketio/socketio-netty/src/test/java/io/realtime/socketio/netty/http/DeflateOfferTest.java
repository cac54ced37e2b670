package io.realtime.socketio.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeflateOfferTest {

  private static Optional<Boolean> offer(String... values) {
    return DeflateOffer.in(List.of(values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate;client_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=\"15\"",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=15",
        "foo, permessage-deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "x-webkit-deflate-frame , permessage-deflate ; client_max_window_bits",
      })
  void offer_thatWeCanAgreeTo(String value) {
    assertThat(offer(value)).contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo; bar=1",
        "Permessage-Deflate",
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; client_no_context_takeover=1",
        "permessage-deflate; unknown",
        "permessage-deflate; client_max_window_bits; client_max_window_bits",
      })
  void offer_thatWeDecline(String value) {
    assertThat(offer(value)).contains(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "permessage-deflate,",
        ",permessage-deflate",
        "permessage-deflate;",
        "permessage-deflate; =1",
        "permessage-deflate; a=",
        "permessage-deflate; a=\"1",
        "permessage-deflate; a=\"\"",
        "permessage-deflate foo",
        "permessage-deflate; a b",
        "per/message",
      })
  void malformedList_isTold(String value) {
    assertThat(offer(value)).isEmpty();
  }

  @Test
  void offersInSeveralLines_countTogether() {
    assertThat(offer("foo", "permessage-deflate")).contains(true);
    assertThat(offer()).contains(false);
  }

  @Test
  void listOfCommas_isReadOnceAndRefused() {
    // read again from each comma, a million of them would take hours
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(offer("a" + ",".repeat(1_000_000))).isEmpty();
          assertThat(offer("a; " + "b; ".repeat(1_000_000) + "b")).contains(false);
          assertThat(HeaderScan.isTokenList(List.of(",".repeat(1_000_000)))).isFalse();
        });
  }

  @Test
  void tokenList_isStrict() {
    assertThat(HeaderScan.isTokenList(List.of("a, b", "c"))).isTrue();
    assertThat(HeaderScan.isTokenList(List.of())).isTrue();
    assertThat(HeaderScan.isTokenList(List.of("a b"))).isFalse();
    assertThat(HeaderScan.isTokenList(List.of("a,"))).isFalse();
    assertThat(HeaderScan.isTokenList(List.of(""))).isFalse();
  }
}
