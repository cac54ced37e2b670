package io.realtime.socketio.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.FakeLoops;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final FakeLoops loops = new FakeLoops(3);
  private final Frame frame = new Frame(false, new byte[] {'h', 'i'});

  @Test
  void writtenOnOneLoop_isNewOnTheOthersOnly() {
    assertThat(frame.isNewOn(loops.loop(1))).isTrue();
    assertThat(frame.isNewOn(loops.loop(1))).isFalse();
    assertThat(frame.isNewOn(loops.loop(0))).isTrue();
    assertThat(frame.isNewOn(loops.loop(2))).isTrue();
    assertThat(frame.isNewOn(loops.loop(0))).isFalse();
  }

  @Test
  void moreLoopsThanBits_lastBitIsOneLoops_pastItTheyShare() {
    FakeLoops many = new FakeLoops(33);

    assertThat(frame.isNewOn(many.loop(31))).isTrue();
    assertThat(frame.isNewOn(many.loop(31))).isFalse();
    assertThat(frame.isNewOn(many.loop(0))).isTrue();
    assertThat(frame.isNewOn(many.loop(32))).isFalse();
  }
}
