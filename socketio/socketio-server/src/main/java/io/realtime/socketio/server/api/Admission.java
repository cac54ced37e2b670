package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Decides about a request that would open a connection, before anything is allocated for it. Called
 * on a loop; must not block.
 *
 * <p>A stage that is not complete yet holds the request, within {@link ServerOptions#hold}. It may
 * complete on any thread. When its client goes away or the deadline passes it is cancelled, if it
 * is a {@link CompletableFuture}: every request needs one of its own. One that fails is answered
 * with 503 and logged.
 */
@FunctionalInterface
public interface Admission {

  CompletionStage<Decision> decide(HttpRequest request);

  /** Admits all. */
  static Admission everyone() {
    CompletionStage<Decision> admit = CompletableFuture.completedFuture(Decision.ADMIT);
    return request -> admit;
  }

  /** An admission that always knows at once. */
  static Admission of(Function<HttpRequest, Decision> rule) {
    return request -> CompletableFuture.completedFuture(rule.apply(request));
  }

  /** What becomes of the request. */
  sealed interface Decision {
    Decision ADMIT = new Admit();

    /** It opens a connection. */
    record Admit() implements Decision {}

    /**
     * Error 4 with this message: 403 and {@code {"code":4,"message":...}}, or 400 and the message
     * alone for a WebSocket. Stock clients come back after it.
     */
    record Forbid(String message) implements Decision {}

    /** This answer; 503 for what is temporary. */
    record Answer(HttpReply reply) implements Decision {}
  }
}
