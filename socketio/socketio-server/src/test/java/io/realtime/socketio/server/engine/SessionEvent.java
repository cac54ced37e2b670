package io.realtime.socketio.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.server.api.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Something that can happen to a session. */
record SessionEvent(String name, Consumer<SessionStage> happens) {

  /** One of each kind. */
  static List<EnginePacket> packets() {
    return List.of(
        new EnginePacket.Open("{}"),
        new EnginePacket.Close(),
        new EnginePacket.Ping(""),
        new EnginePacket.Pong(""),
        new EnginePacket.Text("hello"),
        new EnginePacket.Binary(new byte[] {1}),
        new EnginePacket.Upgrade(),
        new EnginePacket.Noop());
  }

  static List<SessionEvent> all() {
    List<SessionEvent> events = new ArrayList<>();
    events.add(new SessionEvent("GET", SessionStage::get));
    for (EnginePacket packet : packets()) {
      String body = new String(EngineCodecV4.encodeText(packet), UTF_8);
      events.add(new SessionEvent("POST " + kind(packet), stage -> stage.post(body)));
    }
    events.add(new SessionEvent("POST malformed", stage -> stage.post("abc")));
    events.add(new SessionEvent("POST octets", SessionStage::postOctets));
    events.add(new SessionEvent("POST beside another", SessionStage::postTwice));
    events.add(new SessionEvent("PUT", SessionStage::put));
    events.add(new SessionEvent("poll aborted", SessionStage::abortPoll));
    events.add(new SessionEvent("websocket opens", SessionStage::openWebSocket));
    for (EnginePacket packet : packets()) {
      events.add(new SessionEvent("frame " + kind(packet), stage -> stage.frame(packet)));
    }
    events.add(new SessionEvent("frame probe", stage -> stage.text("2probe")));
    events.add(new SessionEvent("frame malformed", stage -> stage.text("abc")));
    events.add(new SessionEvent("websocket ends", SessionStage::endWebSocket));
    events.add(new SessionEvent("server sends", SessionStage::send));
    events.add(new SessionEvent("server sends too much", SessionStage::sendTooMuch));
    events.add(
        new SessionEvent("server closes", stage -> stage.close(DisconnectReason.FORCED_CLOSE)));
    events.add(new SessionEvent("server shuts down", SessionStage::shutDown));
    events.add(new SessionEvent("200 ms pass", stage -> stage.pass(200)));
    events.add(new SessionEvent("10 s pass", stage -> stage.pass(10_000)));
    events.add(new SessionEvent("25 s pass", stage -> stage.pass(25_000)));
    events.add(new SessionEvent("45 s pass", stage -> stage.pass(45_000)));
    return events;
  }

  private static String kind(EnginePacket packet) {
    return packet.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
