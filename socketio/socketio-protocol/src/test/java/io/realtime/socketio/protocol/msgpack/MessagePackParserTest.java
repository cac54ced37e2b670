package io.realtime.socketio.protocol.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.DecodeResult;
import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.protocol.socketio.PacketReader;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets in MessagePack; the client's bytes are those of socket.io-msgpack-parser 3.0.2. */
class MessagePackParserTest {
  private static final DecodeLimits LIMITS = DecodeLimits.defaults();

  private final MessagePackParser parser = new MessagePackParser();
  private final PacketReader reader = parser.reader(LIMITS);

  private SocketPacket read(String hex) {
    return complete(reader.accept(HexFormat.of().parseHex(hex)));
  }

  private static SocketPacket complete(DecodeResult result) {
    return switch (result) {
      case DecodeResult.Complete(SocketPacket packet) -> packet;
      case DecodeResult.NeedsAttachments needs -> throw new AssertionError(needs);
    };
  }

  private String write(SocketPacket packet) {
    EncodedPacket encoded = parser.encode(packet);
    assertThat(encoded.parts()).hasSize(1);
    assertThat(encoded.parts().getFirst().binary()).isTrue();
    return HexFormat.of().formatHex(encoded.parts().getFirst().bytes());
  }

  private static String packet(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return HexFormat.of().formatHex(new MessagePackWriter().value(fields).toBytes());
  }

  @Test
  void connect_ofTheStockClient_isRead() {
    assertThat(read("83a47479706500a464617461d40000a36e7370a12f"))
        .isEqualTo(new SocketPacket.Connect("/", Map.of()));
    assertThat(read("83a47479706500a46461746181a5746f6b656ea178a36e7370a22f61"))
        .isEqualTo(new SocketPacket.Connect("/a", Map.of("token", "x")));
  }

  @Test
  void event_ofTheStockClient_isRead() {
    SocketPacket packet =
        read(
            "85a47479706502a46461746194a265760181a16192c0c3c4020102a76f7074696f6e7381a8636f6d70"
                + "72657373c3a2696407a36e7370a12f");

    SocketPacket.Event event = (SocketPacket.Event) packet;
    assertThat(event.namespace()).isEqualTo("/");
    assertThat(event.ackId()).hasValue(7);
    assertThat(event.arguments())
        .containsExactly("ev", 1, Map.of("a", Arrays.asList(null, true)), new byte[] {1, 2});
  }

  @Test
  void event_withTypesOfJavaScript_isReadAsJsonHasThem() {
    SocketPacket packet =
        read(
            "83a47479706502a46461746198a164d7000000018bcfe5687bd4000081a175d40000c7010009cb3ff8"
                + "000000000000ffcb7ff8000000000000a36e7370a12f");

    assertThat(((SocketPacket.Event) packet).arguments())
        .containsExactly(
            "d", "2023-11-14T22:13:20.123Z", null, Map.of(), new byte[] {9}, 1.5, -1, null);
  }

  @Test
  void otherPackets_ofTheStockClient_areRead() {
    assertThat(read("84a47479706503a2696400a46461746191a2c3a9a36e7370a12f"))
        .isEqualTo(new SocketPacket.Ack("/", 0, List.of("é")));
    assertThat(read("82a47479706501a36e7370a22f61")).isEqualTo(new SocketPacket.Disconnect("/a"));
    assertThat(read("83a47479706504a36e7370a22f61a46461746181a76d657373616765a26e6f"))
        .isEqualTo(new SocketPacket.ConnectError("/a", Map.of("message", "no")));
  }

  @Test
  void packets_areWrittenAsOneBinaryMessage() {
    assertThat(write(new SocketPacket.Connect("/", Map.of("sid", "x"))))
        .isEqualTo(packet("type", 0, "nsp", "/", "data", Map.of("sid", "x")));
    assertThat(write(new SocketPacket.Connect("/a", Map.of())))
        .isEqualTo(packet("type", 0, "nsp", "/a"));
    assertThat(write(new SocketPacket.Disconnect("/a"))).isEqualTo(packet("type", 1, "nsp", "/a"));
    assertThat(write(new SocketPacket.Event("/", OptionalLong.empty(), List.of("e", 1))))
        .isEqualTo(packet("type", 2, "nsp", "/", "data", List.of("e", 1)));
    assertThat(
            write(new SocketPacket.Event("/", OptionalLong.of(9), List.of("e", new byte[] {1, 2}))))
        .isEqualTo(packet("type", 2, "nsp", "/", "data", List.of("e", new byte[] {1, 2}), "id", 9));
    assertThat(write(new SocketPacket.Ack("/", 3, List.of(true))))
        .isEqualTo(packet("type", 3, "nsp", "/", "data", List.of(true), "id", 3));
    assertThat(write(new SocketPacket.ConnectError("/", "no")))
        .isEqualTo(packet("type", 4, "nsp", "/", "data", "no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "disconnect", "newListener"})
  void event_reservedName_isRefusedBothWays(String name) {
    assertThatThrownBy(
            () -> write(new SocketPacket.Event("/", OptionalLong.empty(), List.of(name))))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused("type", 2, "nsp", "/", "data", List.of(name));
  }

  @Test
  void packet_notOfUpstreamsForm_isRefused() {
    assertRefused("nsp", "/", "data", List.of("e"));
    assertRefused("type", 5, "nsp", "/", "data", List.of("e"));
    assertRefused("type", -1, "nsp", "/", "data", List.of("e"));
    assertRefused("type", 2.5, "nsp", "/", "data", List.of("e"));
    assertRefused("type", "2", "nsp", "/", "data", List.of("e"));
    assertRefused("type", 2, "data", List.of("e"));
    assertRefused("type", 2, "nsp", 1, "data", List.of("e"));
    assertRefused("type", 2, "nsp", "", "data", List.of("e"));
    assertRefused("type", 2, "nsp", "a", "data", List.of("e"));
    assertRefused("type", 2, "nsp", "/a\u001e", "data", List.of("e"));
    assertRefused("type", 2, "nsp", "/" + "a".repeat(1_024), "data", List.of("e"));
    assertRefused("type", 2, "nsp", "/");
    assertRefused("type", 2, "nsp", "/", "data", List.of());
    assertRefused("type", 2, "nsp", "/", "data", Map.of("0", "e"));
    assertRefused("type", 2, "nsp", "/", "data", List.of(true));
    assertRefused("type", 0, "nsp", "/", "data", "token");
    assertRefused("type", 1, "nsp", "/", "data", List.of());
    assertRefused("type", 3, "nsp", "/", "data", List.of());
    assertRefused("type", 3, "nsp", "/", "id", 1);
    assertRefused("type", 3, "nsp", "/", "id", -1, "data", List.of());
    assertRefused("type", 3, "nsp", "/", "id", 1L << 53, "data", List.of());
    assertRefused("type", 3, "nsp", "/", "id", "1", "data", List.of());
    assertRefused("type", 4, "nsp", "/", "data", 1);
  }

  private void assertRefused(Object... namesAndValues) {
    byte[] bytes = HexFormat.of().parseHex(packet(namesAndValues));
    assertThatThrownBy(() -> reader.accept(bytes)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void message_thatIsNoMap_isRefused() {
    assertThatThrownBy(() -> read("90")).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> reader.accept("0")).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void connect_isSeenFromTheFirstByte() {
    assertThat(parser.mayConnect(HexFormat.of().parseHex("82a4"))).isTrue();
    assertThat(parser.mayConnect(new byte[] {1})).isFalse();
    assertThat(parser.mayConnect(new byte[0])).isFalse();
    assertThat(parser.mayConnect("0")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void packet_withRandomDamage_isAPacketOrMalformed(long seed) {
    Random random = new Random(seed);
    byte[] whole =
        parser
            .encode(
                new SocketPacket.Event(
                    "/",
                    OptionalLong.of(1),
                    List.of("e", Map.of("a", List.of(1.5, "x", -7)), new byte[3])))
            .parts()
            .getFirst()
            .bytes();
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        SocketPacket packet = complete(reader.accept(damaged));
        assertThat(packet.namespace()).startsWith("/");
      } catch (MalformedPacketException malformed) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }
}
