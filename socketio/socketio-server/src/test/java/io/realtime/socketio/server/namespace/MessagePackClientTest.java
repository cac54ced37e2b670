package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.msgpack.MessagePackParser;
import io.realtime.socketio.protocol.msgpack.MessagePackReader;
import io.realtime.socketio.protocol.msgpack.MessagePackWriter;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server with another parser than JSON. */
class MessagePackClientTest {
  private final Scene scene =
      Scene.settings().with(options -> options.parser(new MessagePackParser())).scene();
  private final List<DisconnectReason> ends = new ArrayList<>();

  MessagePackClientTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              socket.onDisconnect(ends::add);
              socket.on("ask", event -> event.ack().send(event.arguments().toArray()));
            });
  }

  private static byte[] packet(Map<String, ?> fields) {
    return new MessagePackWriter().value(fields).toBytes();
  }

  private RecordingChannel connect() {
    RecordingChannel client = scene.openWebSocket(0);
    say(client, packet(Map.of("type", 0, "nsp", "/")));
    return client;
  }

  private void say(RecordingChannel client, byte[] packet) {
    scene.loops.in(0, () -> client.events().onBinary(packet));
  }

  /** The only packet that came since the last call. */
  private static @Nullable Object taken(RecordingChannel client) {
    List<String> frames = client.take();
    assertThat(frames).hasSize(1);
    String hex = frames.getFirst().replaceAll("[<>]", "");
    return read(HexFormat.of().parseHex(hex));
  }

  private static @Nullable Object read(byte[] bytes) {
    return new MessagePackReader(bytes, DecodeLimits.defaults()).document();
  }

  @Test
  void connect_isAnsweredInTheSameFormat() {
    assertThat(taken(connect()))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("type", 0)
        .containsEntry("nsp", "/")
        .containsKey("data");
  }

  @Test
  void ask_isAnsweredWithBytesWhereTheyStand() {
    RecordingChannel client = connect();
    client.take();

    say(client, packet(Map.of("type", 2, "nsp", "/", "id", 7, "data", List.of("ask", 1, "x"))));

    assertThat(taken(client))
        .isEqualTo(Map.of("type", 3, "nsp", "/", "id", 7, "data", List.of(1, "x")));
  }

  @Test
  void broadcast_isEncodedOnce() {
    RecordingChannel first = connect();
    RecordingChannel second = connect();

    scene.loops.in(0, () -> scene.core.of("/").emit("news", 1, "a"));

    assertThat(first.frames().getLast()).isSameAs(second.frames().getLast());
  }

  @Test
  void polling_packets_areBase64() {
    String sid = scene.openPolling();
    byte[] connect = packet(Map.of("type", 0, "nsp", "/"));

    scene.listener.post(Scene.polling(sid), "b" + Base64.getEncoder().encodeToString(connect));
    String answer = scene.listener.get(Scene.polling(sid)).body();

    assertThat(answer).startsWith("b");
    assertThat(read(Base64.getDecoder().decode(answer.substring(1))))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("type", 0);
  }

  @Test
  void open_anythingButConnect_closesTheConnection() {
    RecordingChannel text = scene.openWebSocket(0);
    RecordingChannel event = scene.openWebSocket(0);
    RecordingChannel noMap = scene.openWebSocket(0);

    scene.text(text, 0, "40");
    say(event, packet(Map.of("type", 2, "nsp", "/", "data", List.of("ask"))));
    say(noMap, new byte[] {1});

    assertThat(List.of(text.ending(), event.ending(), noMap.ending())).containsOnly("close");
  }

  @Test
  void connected_malformed_endsTheConnection() {
    RecordingChannel client = connect();

    say(client, new byte[] {1});

    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }
}
