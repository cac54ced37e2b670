package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A packet and the attachments that follow it. */
class AttachmentsTest {
  private static final String TWO_ATTACHMENTS =
      "452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final Namespace main = scene.core.of("/");
  private final List<DisconnectReason> ends = new ArrayList<>();

  AttachmentsTest() {
    main.onConnection(socket -> socket.onDisconnect(ends::add));
  }

  @Test
  void attachments_togetherAtMaxPayload_areReadPacketAfterPacket_onePastItCloses() {
    Scene small = Scene.settings().maxPayload(1_000).scene();
    List<DisconnectReason> reasons = new ArrayList<>();
    List<Object> events = new ArrayList<>();
    small
        .core
        .of("/")
        .onConnection(
            socket -> {
              socket.onDisconnect(reasons::add);
              socket.on("e", event -> events.add(event));
            });
    RecordingChannel client = small.connectWebSocket(0);
    for (int packet = 0; packet < 2; packet++) {
      small.text(client, 0, TWO_ATTACHMENTS);
      small.loops.in(0, () -> client.events().onBinary(new byte[500]));
      small.loops.in(0, () -> client.events().onBinary(new byte[500]));
    }
    assertThat(events).hasSize(2);

    small.text(client, 0, TWO_ATTACHMENTS);
    small.loops.in(0, () -> client.events().onBinary(new byte[500]));
    assertThat(client.ending()).isEmpty();
    small.loops.in(0, () -> client.events().onBinary(new byte[501]));

    assertThat(reasons).containsExactly(DisconnectReason.PARSE_ERROR);
    assertThat(events).hasSize(2);
  }

  @Test
  void attachments_notAllWithinTheDeadline_closeTheConnection() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, TWO_ATTACHMENTS);
    scene.loops.advanceMillis(SocketIoClient.ATTACHMENTS_DEADLINE_MILLIS - 1);
    scene.loops.in(0, () -> client.events().onBinary(new byte[1]));
    assertThat(client.ending()).isEmpty();

    scene.loops.advanceMillis(11);

    assertThat(ends).containsExactly(DisconnectReason.FORCED_SERVER_CLOSE);
  }

  @Test
  void attachments_allWithinTheDeadline_nothingFollows() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, TWO_ATTACHMENTS);
    scene.loops.in(0, () -> client.events().onBinary(new byte[1]));
    scene.loops.in(0, () -> client.events().onBinary(new byte[1]));

    scene.loops.advanceMillis(SocketIoClient.ATTACHMENTS_DEADLINE_MILLIS + 11);

    assertThat(client.ending()).isEmpty();
  }
}
