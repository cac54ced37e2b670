package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.ClientEvent.AckReply;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.PlainProtocol;
import io.realtime.socketio.server.engine.BeatReceiver;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.SessionReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.loop.Alarm;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The client of a plain WebSocket: one socket of one namespace, in the application's wire format.
 * It may speak before the middlewares have admitted it; that waits, within bounds. On the home
 * loop, but for encoding.
 */
final class PlainClient implements SessionReceiver, BeatReceiver, Peer {
  /** Frames that may wait for admission; one more ends the connection. */
  static final int MAX_EARLY_FRAMES = 64;

  /** Characters of these frames together. */
  static final int MAX_EARLY_CHARACTERS = 65_536;

  private final Connection connection;
  private final PlainProtocol protocol;
  private final LocalNamespace namespace;
  private final NamespaceSocket socket;
  private final Alarm connectTimeout;
  private final Queue<String> early = new ArrayDeque<>(0);
  private int earlyCharacters;

  PlainClient(
      Namespaces namespaces,
      LocalNamespace namespace,
      Connection connection,
      PlainProtocol protocol) {
    this.connection = connection;
    this.protocol = protocol;
    this.namespace = namespace;
    this.socket =
        new NamespaceSocket(
            namespaces.ids().next(),
            namespace,
            new Handshake(connection.request(), connection.issued(), Map.of()),
            Continuity.NONE,
            this,
            namespaces.options().outbound().maxPackets());
    this.connectTimeout =
        connection.home().alarm(() -> connection.close(DisconnectReason.FORCED_SERVER_CLOSE));
    this.connectTimeout.setAt(
        connection.home().nanoTime() + namespaces.options().connectTimeout().toNanos());
  }

  @Override
  public void onOpen() {
    connection.outlet().onBeats(this);
    AdmissionChain.run(namespace, socket, this::onAdmitted, this::onRefused);
  }

  private void onAdmitted() {
    if (!connection.isOpen()) {
      return;
    }
    connectTimeout.cancel();
    connection.onFirstNamespace();
    socket.onAdmitted();
    socket.announce();
    while (!early.isEmpty() && socket.connected()) {
      onFrame(early.remove());
    }
    early.clear();
  }

  private void onRefused(ConnectRefused refused) {
    if (connection.isOpen()) {
      sendRefusal(String.valueOf(refused.getMessage()), refused.payload().orElse(Map.of()));
      connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
    }
  }

  private void sendRefusal(String message, Map<String, @Nullable Object> payload) {
    connection.outlet().send(WirePacket.text(protocol.encodeRefusal(message, payload)));
  }

  @Override
  public void onAsked() {}

  @Override
  public void onAlive() {
    socket.onAlive();
  }

  @Override
  public void onText(String text) {
    if (socket.connected()) {
      onFrame(text);
    } else if (early.size() < MAX_EARLY_FRAMES
        && earlyCharacters + text.length() <= MAX_EARLY_CHARACTERS) {
      earlyCharacters += text.length();
      early.add(text);
    } else {
      connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
    }
  }

  private void onFrame(String text) {
    PlainProtocol.Decoded event;
    try {
      event = protocol.decode(text);
    } catch (MalformedPacketException malformed) {
      onMalformed(String.valueOf(malformed.getMessage()));
      return;
    }
    socket.onEvent(event.event(), event.arguments(), replyTo(event));
  }

  private AckReply replyTo(PlainProtocol.Decoded event) {
    return event
        .ackId()
        .map(
            ackId ->
                Replies.once(
                    socket.payloads(),
                    arguments ->
                        socket
                            .speech()
                            .answer(WirePacket.text(protocol.encodeAck(ackId, arguments)))))
        .orElse(Replies.NONE);
  }

  @Override
  public void onBinary(byte[] bytes) {
    onMalformed("binary frame (expected: a text frame)");
  }

  /** The client reads why, then the connection ends with 1008. */
  private void onMalformed(String why) {
    sendRefusal(why, Map.of("code", "MALFORMED_FRAME"));
    connection.close(DisconnectReason.PARSE_ERROR);
  }

  @Override
  public void onClose(DisconnectReason reason) {
    connectTimeout.cancel();
    early.clear();
    socket.end(reason);
  }

  // ---- as its socket sees it

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public WirePacket encode(Message message) {
    Object encoded = message.encoded("plain:" + protocol.name(), this::encodeOnce);
    if (encoded instanceof Unencodable(RuntimeException why)) {
      throw why;
    }
    return (WirePacket) encoded;
  }

  /** A failure is kept as well: the next recipient would only meet it again. */
  private Object encodeOnce(Message message) {
    try {
      WirePacket packet = WirePacket.text(protocol.encode(message.arguments()));
      return message.conflationKey().map(packet::conflatedBy).orElse(packet);
    } catch (RuntimeException why) {
      return new Unencodable(why);
    }
  }

  private record Unencodable(RuntimeException why) {}

  @Override
  public WirePacket encodeQuestion(Message question, long ackId) {
    throw new UnsupportedOperationException(
        "emitWithAck: a plain WebSocket client answers no questions (expected: emit)");
  }

  /** It has no other namespace: leaving this one ends the connection. */
  @Override
  public void onSocketEnd(NamespaceSocket ending, boolean tellClient) {
    disconnectAll();
  }

  @Override
  public void disconnectAll() {
    connection.close(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
  }
}
