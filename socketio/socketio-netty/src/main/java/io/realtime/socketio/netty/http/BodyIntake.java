package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.realtime.socketio.server.http.BodyReceiver;

/** A request between its head and the last byte of its body, and the exchange that answers it. */
final class BodyIntake {
  /** How long a body is read for nothing, to keep the connection, once its request is answered. */
  static final int MAX_DISCARDED = 64 * 1024;

  private final RequestHead.Accepted head;
  private final NettyExchange exchange;
  private final BodyReceiver receiver;
  private final RequestBody body;
  private int discarded;

  /**
   * Asks for the limit of the body, if there is one.
   *
   * @param receiver of the body
   */
  BodyIntake(RequestHead.Accepted head, NettyExchange exchange, BodyReceiver receiver) {
    this.head = head;
    this.exchange = exchange;
    this.receiver = receiver;
    this.body = new RequestBody(head.hasBody() ? receiver.maxBytes() : 0);
  }

  NettyExchange exchange() {
    return exchange;
  }

  BodyReceiver receiver() {
    return receiver;
  }

  /** Whether the declared length is past the limit. */
  boolean announcesTooMuch() {
    return head.contentLength() > body.limit();
  }

  /** Whether so little is to come that it is read for nothing rather than closing. */
  static boolean worthDiscarding(RequestHead.Accepted head) {
    return head.contentLength() >= 0
        && head.contentLength() <= MAX_DISCARDED
        && !head.expectsContinue();
  }

  /** False when this goes past the limit. */
  boolean add(ByteBuf piece) {
    if (exchange.isAnswered()) {
      discarded += piece.readableBytes();
      return discarded <= MAX_DISCARDED;
    }
    return body.add(piece);
  }

  /** The body is whole. */
  void deliver() {
    receiver.onBody(body.toBytes());
  }
}
