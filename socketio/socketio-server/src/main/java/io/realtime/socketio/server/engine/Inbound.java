package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.stats.Tally;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client's packets do to its session. On the home loop only. */
final class Inbound {
  /** Harmless packets that no client of ours would send: how many are ignored. */
  static final int MAX_UNASKED = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

  private final EngineSession session;
  private final Tally tally;
  private SessionReceiver receiver = Unattached.RECEIVER;
  private int unasked;

  Inbound(EngineSession session, Tally tally) {
    this.session = session;
    this.tally = tally;
  }

  /** Messages go to {@code attached} from here on. */
  void open(SessionReceiver attached) {
    receiver = attached;
    receiver.onOpen();
  }

  /**
   * A text frame of the session's WebSocket. The alarm looks at the time, not this: behind what is
   * read here the pong may stand that came in time.
   */
  void onText(String frame) {
    receiveFrame(() -> session.revision().decodeText(frame));
  }

  /** A binary frame of the session's WebSocket. */
  void onBinary(byte[] frame) {
    receiveFrame(() -> session.revision().decodeBinary(frame));
  }

  private void receiveFrame(Supplier<EnginePacket> decoding) {
    if (!session.isOpen()) {
      return;
    }
    EnginePacket packet;
    try {
      packet = decoding.get();
    } catch (MalformedPacketException malformed) {
      session.end(DisconnectReason.PARSE_ERROR);
      return;
    }
    onPacket(packet);
  }

  void onPacket(EnginePacket packet) {
    switch (packet) {
      case EnginePacket.Text text -> {
        tally.received(text.data().length());
        receive(() -> receiver.onText(text.data()));
      }
      case EnginePacket.Binary binary -> {
        tally.received(binary.data().length);
        receive(() -> receiver.onBinary(binary.data()));
      }
      case EnginePacket.Ping _ -> onBeat(session.revision().clientAsks());
      case EnginePacket.Pong _ -> onBeat(!session.revision().clientAsks());
      case EnginePacket.Close _ -> session.onClientClose();
      case EnginePacket.Open _, EnginePacket.Upgrade _, EnginePacket.Noop _ -> onUnasked();
    }
  }

  /**
   * @param rightWay whether it is the client's part of the heartbeat
   */
  private void onBeat(boolean rightWay) {
    tally.received(0);
    if (!rightWay) {
      session.end(DisconnectReason.TRANSPORT_ERROR);
    } else if (!session.onBeat()) {
      onUnasked();
    }
  }

  private void receive(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed; its session ends", failure);
      session.end(DisconnectReason.LISTENER_FAILED);
    }
  }

  private void onUnasked() {
    unasked++;
    if (unasked > MAX_UNASKED) {
      session.end(DisconnectReason.TRANSPORT_ERROR);
    }
  }

  /** The session has gone over to another transport. */
  void onUpgraded(TransportName to) {
    try {
      receiver.onUpgrade(to);
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed at the upgrade of its session", failure);
    }
  }

  /** The session has ended; last call. */
  void close(DisconnectReason reason) {
    try {
      receiver.onClose(reason);
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed at the end of its session", failure);
    }
  }
}
