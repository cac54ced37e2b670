package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packet takes whose place. At most 20 bytes. */
class OutboxTest {
  private static final MarkReceiver RECEIVER = mark -> {};

  private final Outbox outbox = new Outbox(new OutboundLimits(20, 100, Duration.ofSeconds(10)));

  private static WirePacket packet(String text) {
    return WirePacket.text(text.getBytes(StandardCharsets.UTF_8));
  }

  private static WirePacket keyed(String key, String text) {
    return packet(text).conflatedBy(key);
  }

  private void offer(WirePacket packet) {
    assertThat(outbox.offer(packet, 5, null, 0)).isTrue();
  }

  private List<String> drain() {
    List<String> drained = new ArrayList<>();
    while (!outbox.isEmpty()) {
      drained.add(
          new String(
              outbox
                  .take()
                  .packet()
                  .frames(io.realtime.socketio.server.revision.BytesForm.PLAIN)
                  .getFirst()
                  .payload(),
              StandardCharsets.UTF_8));
    }
    assertThat(outbox.bytes()).isZero();
    return drained;
  }

  @Test
  void sameKeyWaits_conflate_takesItsPlaceAndItsBytes() {
    offer(packet("a"));
    offer(keyed("k", "old"));
    offer(packet("b"));

    assertThat(outbox.conflate(keyed("k", "newer"))).isTrue();

    assertThat(outbox.bytes()).isEqualTo(7);
    assertThat(outbox.packets()).isEqualTo(3);
    assertThat(drain()).containsExactly("a", "newer", "b");
  }

  @Test
  void otherKeyOrNone_conflate_changesNothing() {
    offer(keyed("k", "old"));

    assertThat(outbox.conflate(keyed("other", "x"))).isFalse();
    assertThat(outbox.conflate(packet("x"))).isFalse();

    assertThat(drain()).containsExactly("old");
  }

  @Test
  void sameKeyWasTaken_conflate_changesNothing() {
    offer(keyed("k", "old"));
    offer(packet("b"));
    outbox.take();

    assertThat(outbox.conflate(keyed("k", "new"))).isFalse();
    assertThat(drain()).containsExactly("b");
  }

  @Test
  void firstIsPartlySent_conflate_leavesItAndTheNextTakesThePlaceOfTheLater() {
    EncodedPacket.Part text = new EncodedPacket.Part(false, new byte[] {'t'});
    EncodedPacket.Part attachment = new EncodedPacket.Part(true, new byte[] {1});
    outbox.offer(
        WirePacket.of(new EncodedPacket(List.of(text, attachment))).conflatedBy("k"), 5, null, 0);
    outbox.frameSent();
    assertThat(outbox.conflate(keyed("k", "2"))).isFalse();
    offer(keyed("k", "2"));

    assertThat(outbox.conflate(keyed("k", "3"))).isTrue();

    assertThat(outbox.frameSent()).isTrue();
    assertThat(drain()).containsExactly("3");
  }

  @Test
  void markedPacket_conflate_staysAndKeepsWhatComesNextBehindIt() {
    offer(keyed("k", "1"));
    assertThat(outbox.offer(keyed("k", "2"), 5, RECEIVER, 7)).isTrue();

    assertThat(outbox.conflate(keyed("k", "3"))).isFalse();
    offer(keyed("k", "3"));

    assertThat(outbox.conflate(keyed("k", "4"))).isTrue();
    assertThat(drain()).containsExactly("1", "2", "4");
  }

  @Test
  void largerPacketAtTheBoundOfBytes_conflates_oneByteMoreDoesNot() {
    offer(packet("0123456789"));
    offer(keyed("k", "x"));

    assertThat(outbox.conflate(keyed("k", "12345678901"))).isFalse();
    assertThat(outbox.conflate(keyed("k", "1234567890"))).isTrue();
    assertThat(outbox.bytes()).isEqualTo(20);
  }

  @Test
  void conflated_age_isThatOfTheFirstInItsPlace() {
    offer(keyed("k", "old"));
    long expiry = outbox.expiresAt();

    outbox.conflate(keyed("k", "new"));

    assertThat(outbox.expiresAt()).isEqualTo(expiry);
  }
}
