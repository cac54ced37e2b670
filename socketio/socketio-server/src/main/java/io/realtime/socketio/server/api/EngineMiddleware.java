package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Sees every request to Engine.IO, upgrades among them, before it is looked at: adds headers to its
 * answer, or answers by itself. Called on a loop; must not block.
 *
 * <p>A stage that is not complete yet holds the request, within {@link ServerOptions#hold}; it may
 * complete on any thread. One that fails is answered with error 3 and logged.
 */
@FunctionalInterface
public interface EngineMiddleware {

  /**
   * @param request without its body
   * @param headers what the answer carries so far, CORS included
   */
  CompletionStage<Step> handle(HttpRequest request, HttpHeaders headers);

  /** A middleware that always knows at once. */
  static EngineMiddleware of(BiFunction<HttpRequest, HttpHeaders, Step> rule) {
    return (request, headers) -> CompletableFuture.completedFuture(rule.apply(request, headers));
  }

  /** How it goes on. */
  sealed interface Step {

    /**
     * To the next middleware.
     *
     * @param headers what the answer carries from here on
     */
    record Next(HttpHeaders headers) implements Step {}

    /** The answer; the headers so far are added to it. */
    record Answer(HttpReply reply) implements Step {}
  }
}
