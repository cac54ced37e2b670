package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest {

  @Test
  void array_takenAgain_isTheOneGivenBack() {
    byte[] first = Scratch.take(10);
    byte[] meanwhile = Scratch.take(10);
    Scratch.giveBack(first);

    assertThat(meanwhile).isNotSameAs(first);
    assertThat(Scratch.take(first.length)).isSameAs(first);
  }

  @Test
  void array_ofTheLimit_isKept_onePastItIsNot() {
    byte[] limit = Scratch.take(Scratch.MAX);
    Scratch.giveBack(limit);
    Scratch.giveBack(new byte[Scratch.MAX + 1]);

    assertThat(Scratch.take(Scratch.MAX)).isSameAs(limit);
    assertThat(Scratch.take(Scratch.MAX + 1)).hasSize(Scratch.MAX + 1);
  }

  @Test
  void virtualThread_keepsNone() throws Exception {
    CompletableFuture<List<byte[]>> taken = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              byte[] first = Scratch.take(10);
              Scratch.giveBack(first);
              taken.complete(List.of(first, Scratch.take(first.length)));
            })
        .join();

    assertThat(taken.get().getFirst()).isNotSameAs(taken.get().getLast());
  }

  /** A number that has something written while it is asked for its digits. */
  private static final class Nested extends Number {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      return Integer.toString(text("inner", "x".repeat(40)).length());
    }

    @Override
    public int intValue() {
      return 0;
    }

    @Override
    public long longValue() {
      return 0;
    }

    @Override
    public float floatValue() {
      return 0;
    }

    @Override
    public double doubleValue() {
      return 0;
    }
  }

  @Test
  void text_writtenInTheMiddleOfAnother_leavesItWhole() {
    assertThat(text("outer", "before", new Nested(), "behind"))
        .isEqualTo("42[\"outer\",\"before\",54,\"behind\"]");
  }

  @Test
  void text_behindAFailedOne_isWhole() {
    assertThatIllegalArgumentException().isThrownBy(() -> text("e", "begun", new Object()));

    assertThat(text("e", "next")).isEqualTo("42[\"e\",\"next\"]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Scratch.MAX - 9, Scratch.MAX - 8, Scratch.MAX, 3 * Scratch.MAX})
  void text_ofAnySize_isTheCallersOwn(int length) {
    String value = "y".repeat(length);
    byte[] first = bytes("e", value);
    byte[] second = bytes("e", "z".repeat(length));

    assertThat(new String(first, UTF_8)).isEqualTo("42[\"e\",\"" + value + "\"]");
    assertThat(second).isNotSameAs(first).hasSameSizeAs(first);
  }

  private static String text(Object... arguments) {
    return new String(bytes(arguments), UTF_8);
  }

  private static byte[] bytes(Object... arguments) {
    return SocketPacketEncoder.encode(
            new SocketPacket.Event("/", OptionalLong.empty(), List.of(arguments)))
        .text();
  }
}
