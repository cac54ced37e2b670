package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a POST does between its head and the end of its body, and what answers weigh. */
final class PostBodyTest {
  private final Scene scene = Scene.create();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<DisconnectReason> ends = new ArrayList<>();

  @BeforeEach
  void listen() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
            });
  }

  private RecordingExchange poll(String sid) {
    return scene.listener.get(Scene.polling(sid));
  }

  private RecordingExchange post(String sid, String body) {
    return scene.listener.post(Scene.polling(sid), body);
  }

  private void assertGone(String sid) {
    assertThat(poll(sid).body()).contains("\"code\":1");
  }

  @Test
  void posting_secondHeadArrivesBeforeTheFirstBodyIsWhole_closesTheSessionAtOnce() {
    String sid = scene.connectPolling("/");
    RecordingExchange first = scene.listener.exchange(0);
    RecordingExchange second = scene.listener.exchange(0);
    BodyReceiver slow = scene.listener.postHead(Scene.polling(sid), first, 0);

    scene.listener.postHead(Scene.polling(sid), second, 0);

    assertThat(second.status()).isEqualTo(400);
    assertThat(second.body()).isEmpty();
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    scene.loops.in(0, () -> slow.onBody("42[\"echo\"]".getBytes(StandardCharsets.UTF_8)));
    assertThat(first.body()).contains("\"code\":1");
    assertGone(sid);
  }

  @Test
  void posting_clientGoesAwayInTheBody_closesTheSession() {
    String sid = scene.connectPolling("/");
    RecordingExchange exchange = scene.listener.exchange(0);
    scene.listener.postHead(Scene.polling(sid), exchange, 0);

    scene.loops.in(0, exchange::abort);

    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    assertGone(sid);
  }

  @Test
  void posting_bodyTooLarge_is413AndTheSessionStays() {
    String sid = scene.connectPolling("/");
    RecordingExchange exchange = scene.listener.exchange(0);
    BodyReceiver body = scene.listener.postHead(Scene.polling(sid), exchange, 0);

    assertThat(body.maxBytes()).isEqualTo(1_000_000);
    assertThat(body.tooLarge().status()).isEqualTo(413);

    assertThat(ends).isEmpty();
    assertThat(post(sid, "42[\"echo\"]").body()).isEqualTo("ok");
  }

  @Test
  void answer_ofManyBytes_isCompressedUnlessItsPacketsSayOtherwise() {
    Message large = Message.of("large", "a".repeat(2_000));
    String sid = scene.connectPolling("/");
    scene.listener.with("Accept-Encoding", "gzip");
    RecordingExchange compressed = poll(sid);
    scene.loops.in(0, () -> sockets.getFirst().emit(large));

    assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
    assertThat(compressed.answer().body().length).isLessThan(200);
    assertThat(WirePacket.text(new byte[] {'6'}).compress()).isTrue();
    assertThat(WirePacket.text(new byte[] {'6'}).uncompressed().compress()).isFalse();
  }
}
