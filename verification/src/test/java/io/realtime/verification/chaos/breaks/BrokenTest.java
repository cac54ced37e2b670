package io.realtime.verification.chaos.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the judge of the breaks finds. */
class BrokenTest {
  private static final List<String> SENT = List.of("a", "b", "c");

  @Test
  void everything_inOrder_isGood_repeatedOrNot() {
    assertThat(Broken.fault(SENT, SENT)).isEmpty();
    assertThat(Broken.fault(SENT, List.of("a", "b", "a", "b", "c"))).isEmpty();
    assertThat(Broken.again(List.of("a", "b", "a", "b", "c"))).isEqualTo(2);
  }

  @Test
  void loss_planted_isFoundByName() {
    assertThat(Broken.fault(SENT, List.of("a", "c"))).isEqualTo("lost [b]");
  }

  @Test
  void otherOrder_planted_isFound() {
    assertThat(Broken.fault(SENT, List.of("a", "c", "b"))).startsWith("out of order");
  }

  @Test
  void invention_planted_isFound() {
    assertThat(Broken.fault(SENT, List.of("a", "b", "c", "d"))).startsWith("out of order");
  }
}
