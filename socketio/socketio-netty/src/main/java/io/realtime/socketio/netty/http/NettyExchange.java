package io.realtime.socketio.netty.http;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpStream;
import io.realtime.socketio.server.transport.Loop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request that is being answered. Calls come from any thread; the rest is on the loop. */
final class NettyExchange implements HttpExchange {
  private enum State {
    WAITING,
    DONE,
    ABORTED
  }

  private final HttpConnection connection;
  private final RequestHead.Accepted head;
  private final AtomicBoolean answered = new AtomicBoolean();
  private State state = State.WAITING;
  private @Nullable Runnable abortAction;

  NettyExchange(HttpConnection connection, RequestHead.Accepted head) {
    this.connection = connection;
    this.head = head;
  }

  RequestHead.Accepted head() {
    return head;
  }

  boolean isHeadRequest() {
    return head.request().method().equals("HEAD");
  }

  @Override
  public Loop loop() {
    return connection.loop();
  }

  @Override
  public void reply(HttpReply reply) {
    if (!tryReply(reply)) {
      throw new IllegalStateException("this request has been answered");
    }
  }

  boolean isAnswered() {
    return answered.get();
  }

  /** Takes the right to answer from the application; false when it has answered. */
  boolean takeOver() {
    return answered.compareAndSet(false, true);
  }

  /** False when it has been answered. */
  boolean tryReply(HttpReply reply) {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    connection.loop().run(() -> connection.answer(this, reply));
    return true;
  }

  @Override
  public HttpStream stream(int status, HttpHeaders headers) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("this request has been answered");
    }
    BodyStream stream = new BodyStream(connection, this);
    connection.loop().run(() -> stream.start(status, headers));
    return stream;
  }

  @Override
  public void onAbort(Runnable action) {
    connection
        .loop()
        .run(
            () -> {
              if (state == State.ABORTED) {
                action.run();
              } else if (state == State.WAITING) {
                Runnable earlier = abortAction;
                abortAction =
                    earlier == null
                        ? action
                        : () -> {
                          earlier.run();
                          action.run();
                        };
              }
            });
  }

  /** The last byte has left. */
  void done() {
    if (state == State.WAITING) {
      state = State.DONE;
      abortAction = null;
    }
  }

  /** The peer has gone. */
  void abort() {
    if (state != State.WAITING) {
      return;
    }
    state = State.ABORTED;
    Runnable action = abortAction;
    abortAction = null;
    if (action != null) {
      action.run();
    }
  }
}
