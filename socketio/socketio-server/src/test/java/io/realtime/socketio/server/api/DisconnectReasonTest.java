package io.realtime.socketio.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names live as long as the process, so this test uses them up: nothing else may name one. */
@Isolated
class DisconnectReasonTest {

  @Test
  void recoverable_isWhatUpstreamRecoversAndOurOwnFailuresOfTheConnection() {
    assertThat(
            DisconnectReason.all().stream()
                .filter(DisconnectReason::recoverable)
                .map(DisconnectReason::text))
        .contains(
            "transport error",
            "transport close",
            "forced close",
            "ping timeout",
            "server shutting down",
            "forced server close",
            "slow consumer",
            "session taken over")
        .doesNotContain(
            "parse error",
            "client namespace disconnect",
            "server namespace disconnect",
            "listener failed");
  }

  @Test
  void knownText_named_isTheSameReason() {
    assertThat(DisconnectReason.named("slow consumer")).isSameAs(DisconnectReason.SLOW_CONSUMER);
    assertThat(DisconnectReason.named("token expired"))
        .isSameAs(DisconnectReason.named("token expired"))
        .hasToString("token expired");
    assertThat(DisconnectReason.named("token expired").recoverable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "Upper", "a\nb", "caf\u00e9", "{a}"})
  void textThatIsNoLabel_named_isRefused(String text) {
    assertThatThrownBy(() -> DisconnectReason.named(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reason: ");
  }

  @Test
  void textAtTheBound_isNamed_oneMoreCharacterIsRefused() {
    String longest = "a".repeat(48);
    assertThat(DisconnectReason.named(longest).text()).isEqualTo(longest);
    assertThatThrownBy(() -> DisconnectReason.named(longest + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAtTheBound_areNamed_oneMoreIsRefused() {
    for (int i = 31; namedSoFar() < DisconnectReason.MAX_NAMED; i--) {
      DisconnectReason.named("reason " + i);
    }
    assertThat(namedSoFar()).isEqualTo(DisconnectReason.MAX_NAMED);

    assertThatThrownBy(() -> DisconnectReason.named("one too many"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reasons named: 32");
    assertThat(DisconnectReason.named("reason 31")).isNotNull();
    List<String> texts = DisconnectReason.all().stream().map(DisconnectReason::text).toList();
    assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
  }

  private static int namedSoFar() {
    List<String> library =
        List.of(
            "transport error",
            "transport close",
            "forced close",
            "ping timeout",
            "parse error",
            "server shutting down",
            "forced server close",
            "client namespace disconnect",
            "server namespace disconnect",
            "slow consumer",
            "listener failed",
            "session taken over");
    return DisconnectReason.all().stream()
        .map(DisconnectReason::text)
        .filter(text -> !library.contains(text))
        .collect(Collectors.toSet())
        .size();
  }
}
