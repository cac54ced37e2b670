package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.realtime.socketio.netty.LeakCheck;
import io.realtime.socketio.netty.RawClient;
import io.realtime.socketio.server.http.MessageDeflate;
import io.realtime.socketio.server.transport.Frame;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
final class MessageDeflateTest {
  private static final int LIMIT = 1_000_000;

  private final MessageInflater inflater = new MessageInflater();

  /** A message as a client compresses it. */
  static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[8_192];
    int count;
    do {
      count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      out.write(piece, 0, count);
    } while (count == piece.length);
    deflater.end();
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }

  private byte[] inflated(byte[] compressed, int limit) throws WebSocketViolation {
    return inflater.inflate(compressed, compressed.length, limit);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 65_535, 65_536, 65_537, 131_072, 200_000, LIMIT})
  void message_ofAnyLength_comesBack(int length) throws WebSocketViolation {
    for (byte[] message : new byte[][] {new byte[length], noise(length)}) {
      assertThat(inflated(deflated(message), LIMIT)).isEqualTo(message);
    }
  }

  @Test
  void message_atTheLimitIsRead_onePastItIs1009() throws WebSocketViolation {
    for (int limit : new int[] {10, 65_536, 100_000}) {
      assertThat(inflated(deflated(new byte[limit]), limit)).hasSize(limit);
      assertThatThrownBy(() -> inflated(deflated(new byte[limit + 1]), limit))
          .isInstanceOfSatisfying(
              WebSocketViolation.class, cause -> assertThat(cause.closeCode()).isEqualTo(1009));
    }
  }

  /** The examples of RFC 7692, 7.2.3: fixed, stored, with a final bit, two blocks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f248cdc9c90700",
        "000500faff48656c6c6f00",
        "f348cdc9c9070000",
        "f248050000 00ffffcac9c90700",
      })
  void examplesOfTheRfc_sayHello(String hex) throws WebSocketViolation {
    byte[] compressed = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(new String(inflated(compressed, LIMIT), StandardCharsets.US_ASCII))
        .isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "06", "f348cdc9c907000000", "f348cdc9c9070001", "0005000000"})
  void notDeflated_is1007(String hex) {
    assertThatThrownBy(() -> inflated(HexFormat.of().parseHex(hex), LIMIT))
        .isInstanceOfSatisfying(
            WebSocketViolation.class, cause -> assertThat(cause.closeCode()).isEqualTo(1007));
  }

  @Test
  void bomb_isRefusedAtTheLimit_withoutMemoryForWhatItStandsFor() throws WebSocketViolation {
    byte[] bomb = deflated(new byte[256 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(LIMIT);
    inflated(deflated(new byte[1]), LIMIT); // the scratch is the loop's, not the message's
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> inflated(bomb, LIMIT)).isInstanceOf(WebSocketViolation.class);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(64 * 1024);
  }

  @Test
  void reader_bomb_takesNoMoreThanTheLimitAnd64Kilobytes() {
    byte[] bomb = deflated(new byte[256 * 1024 * 1024]);
    FrameReader reader = new FrameReader(LIMIT, inflater, new NoSink());
    ByteBuf frame = Unpooled.wrappedBuffer(RawClient.frame(0xC2, bomb));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> reader.read(frame)).isInstanceOf(WebSocketViolation.class);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(LIMIT + 64 * 1024);
  }

  @Test
  void writer_belowTheThresholdLeavesAlone_atItCompresses() throws WebSocketViolation {
    MessageDeflater deflater = new MessageDeflater(new MessageDeflate(100, -1));

    ByteBuf below = deflater.encode(ByteBufAllocator.DEFAULT, new Frame(false, new byte[99]));
    ByteBuf atIt = deflater.encode(ByteBufAllocator.DEFAULT, new Frame(false, new byte[100]));

    assertThat(below.getUnsignedByte(0)).isEqualTo((short) 0x81);
    assertThat(below.readableBytes()).isEqualTo(101);
    assertThat(atIt.getUnsignedByte(0)).isEqualTo((short) 0xC1);
    byte[] payload = new byte[atIt.getUnsignedByte(1)];
    atIt.getBytes(2, payload);
    assertThat(inflated(payload, LIMIT)).isEqualTo(new byte[100]);
    below.release();
    atIt.release();
  }

  @Test
  void writer_noiseAndLargeMessages_comeBackWhole() throws WebSocketViolation {
    MessageDeflater deflater = new MessageDeflater(MessageDeflate.defaults());
    byte[] noise = noise(5_000);
    byte[] large = "abc".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    ByteBuf plain = deflater.encode(ByteBufAllocator.DEFAULT, new Frame(true, noise));
    ByteBuf packed = deflater.encode(ByteBufAllocator.DEFAULT, new Frame(true, large));

    assertThat(plain.getUnsignedByte(0)).isEqualTo((short) 0x82);
    assertThat(packed.getUnsignedByte(0)).isEqualTo((short) 0xC2);
    byte[] payload = new byte[packed.getUnsignedShort(2)];
    packed.getBytes(4, payload);
    assertThat(inflated(payload, LIMIT)).isEqualTo(large);
    plain.release();
    packed.release();
  }

  private static final class NoSink implements FrameReader.Sink {
    @Override
    public void onText(String text) {}

    @Override
    public void onBinary(byte[] bytes) {}

    @Override
    public void onPing(byte[] payload) {}

    @Override
    public void onPong(byte[] payload) {}

    @Override
    public void onClose(int code) {}
  }
}
