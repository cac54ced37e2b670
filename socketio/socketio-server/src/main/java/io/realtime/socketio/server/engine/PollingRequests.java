package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.revision.PollingFormat;
import io.realtime.socketio.server.stats.Tally;
import java.util.List;
import java.util.Optional;

/**
 * The GET and POST requests of sessions that poll: one of each at a time, more end the session.
 * Stateless; each request is worked on by its session's home loop, wherever it arrived.
 */
final class PollingRequests {
  /** Packets that one POST may hold. */
  static final int MAX_PACKETS_PER_PAYLOAD = 10_000;

  private final Tally tally;

  PollingRequests(Tally tally) {
    this.tally = tally;
  }

  /** A GET that asks for packets; any thread. */
  void get(EngineSession session, EngineExchange exchange) {
    session.home().run(() -> poll(session, exchange));
  }

  /** The head of a POST with packets; on its connection's loop. */
  void post(EngineSession session, EngineExchange exchange, IncomingBody body) {
    HomeLoop home = session.home();
    if (!session.beginPost()) {
      home.run(() -> overlap(session, exchange));
      return;
    }
    exchange.whenGone(
        () -> {
          if (!body.arrived()) {
            home.run(() -> session.end(DisconnectReason.TRANSPORT_ERROR));
          }
        });
    body.take(bytes -> home.run(() -> receive(session, exchange, bytes)), session::endPost);
  }

  private static void receive(EngineSession session, EngineExchange exchange, byte[] body) {
    Optional<HttpReply> refusal = refusal(session, exchange.request().withBody(body));
    session.endPost();
    if (refusal.isPresent()) {
      exchange.reply(refusal.get());
    } else {
      exchange.answer(HttpReply.of(200, "text/html", new byte[] {'o', 'k'}), false);
    }
  }

  private void poll(EngineSession session, EngineExchange exchange) {
    tally.polled();
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
    } else if (!session.park(exchange)) {
      overlap(session, exchange);
    } else {
      exchange.whenGone(() -> session.home().run(() -> session.onPollAborted(exchange)));
      session.answerPoll();
    }
  }

  /** A second request of its kind beside the first; one that came late by polling harms nobody. */
  private static void overlap(EngineSession session, EngineExchange exchange) {
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
    } else {
      session.end(DisconnectReason.TRANSPORT_ERROR);
      exchange.reply(HttpReply.empty(400));
    }
  }

  /** Works on the packets; empty when all went well. */
  private static Optional<HttpReply> refusal(EngineSession session, HttpRequest post) {
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      return Optional.of(fault.get().reply());
    }
    PollingFormat format = session.sessionTransport().pollingFormat();
    if (!format.takes(post)) {
      session.end(DisconnectReason.TRANSPORT_ERROR);
      return Optional.of(HttpReply.empty(400));
    }
    List<EnginePacket> packets;
    try {
      packets = format.read(post, MAX_PACKETS_PER_PAYLOAD);
    } catch (MalformedPacketException malformed) {
      session.end(DisconnectReason.PARSE_ERROR);
      return Optional.of(HttpReply.empty(400));
    }
    for (EnginePacket packet : packets) {
      if (session.isOpen()) {
        session.inbound().onPacket(packet);
      }
    }
    return Optional.empty();
  }
}
