package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
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
  void get(EngineSession session, CorsExchange exchange) {
    session.home().run(() -> poll(session, exchange));
  }

  /** A POST with packets; any thread. */
  void post(EngineSession session, HttpRequest request, CorsExchange exchange) {
    if (session.beginPost()) {
      session
          .home()
          .run(
              () -> {
                HttpReply reply = receive(session, request);
                session.endPost();
                exchange.reply(reply);
              });
    } else {
      session.home().run(() -> overlap(session, exchange));
    }
  }

  private void poll(EngineSession session, CorsExchange exchange) {
    tally.polled();
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
    } else if (!session.park(exchange)) {
      overlap(session, exchange);
    } else {
      exchange.exchange().onAbort(() -> session.home().run(() -> session.onPollAborted(exchange)));
      session.answerPoll();
    }
  }

  /** A second request of its kind beside the first; one that came late by polling harms nobody. */
  private static void overlap(EngineSession session, CorsExchange exchange) {
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
    } else {
      session.end(DisconnectReason.TRANSPORT_ERROR);
      exchange.reply(HttpReply.empty(400));
    }
  }

  private static HttpReply receive(EngineSession session, HttpRequest post) {
    Optional<EngineError> fault = session.checkPolling();
    if (fault.isPresent()) {
      return fault.get().reply();
    }
    PollingFormat format = session.sessionTransport().pollingFormat();
    if (!format.takes(post)) {
      session.end(DisconnectReason.TRANSPORT_ERROR);
      return HttpReply.empty(400);
    }
    List<EnginePacket> packets;
    try {
      packets = format.read(post, MAX_PACKETS_PER_PAYLOAD);
    } catch (MalformedPacketException malformed) {
      session.end(DisconnectReason.PARSE_ERROR);
      return HttpReply.empty(400);
    }
    for (EnginePacket packet : packets) {
      if (session.isOpen()) {
        session.inbound().onPacket(packet);
      }
    }
    return HttpReply.of(200, "text/html", new byte[] {'o', 'k'});
  }
}
