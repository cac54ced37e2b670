package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpReply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, which may arrive before or after it is known who takes it. On its
 * connection's loop only.
 */
final class IncomingBody implements BodyReceiver {
  private final EngineExchange exchange;
  private final int maxBytes;
  private byte @Nullable [] whole;
  private @Nullable Consumer<byte[]> taker;
  private Runnable onTooLarge = () -> {};
  private boolean refused;
  private boolean arrived;

  IncomingBody(EngineExchange exchange, int maxBytes) {
    this.exchange = exchange;
    this.maxBytes = maxBytes;
  }

  /**
   * Hands the body to {@code receiver} once it is whole.
   *
   * @param whenTooLarge runs instead when it is too large, which is answered already
   */
  void take(Consumer<byte[]> receiver, Runnable whenTooLarge) {
    byte[] early = whole;
    if (early == null) {
      taker = receiver;
      onTooLarge = whenTooLarge;
    } else {
      whole = null;
      receiver.accept(early);
    }
  }

  /** It was too large, and its request is answered. */
  boolean refused() {
    return refused;
  }

  boolean arrived() {
    return arrived;
  }

  @Override
  public int maxBytes() {
    return maxBytes;
  }

  @Override
  public void onBody(byte[] body) {
    arrived = true;
    Consumer<byte[]> receiver = taker;
    if (receiver == null) {
      whole = body;
    } else {
      receiver.accept(body);
    }
  }

  @Override
  public HttpReply tooLarge() {
    refused = true;
    onTooLarge.run();
    return AnswerRules.carry(exchange.carried(), HttpReply.empty(413));
  }
}
