package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.Admission.Decision;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.EngineMiddleware;
import io.realtime.socketio.server.api.EngineMiddleware.Step;
import io.realtime.socketio.server.api.HoldLimits;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests past the application's middlewares and its admission, holding them while those
 * make up their mind. Each request stays on its connection's loop.
 */
final class Doorkeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
  private static final String RETRY_SECONDS = "5";

  private final List<HomeLoop> homes;
  private final EngineHooks hooks;
  private final Tally tally;
  private final Holds holds;

  /**
   * @param homes the loop at position i has index i
   */
  Doorkeeper(List<HomeLoop> homes, EngineHooks hooks, HoldLimits limits, Tally tally) {
    this.homes = homes;
    this.hooks = hooks;
    this.tally = tally;
    this.holds = new Holds(limits, tally);
  }

  /** The answer to what cannot be served now but can be later. */
  static HttpReply unavailable() {
    return HttpReply.empty(503).withHeader("retry-after", RETRY_SECONDS);
  }

  /** Runs the middlewares, then {@code onward} unless one of them has answered. */
  void pass(Incoming incoming, Runnable onward) {
    pass(incoming, 0, onward);
  }

  private void pass(Incoming incoming, int index, Runnable onward) {
    if (index == hooks.middlewares().size()) {
      onward.run();
      return;
    }
    EngineMiddleware middleware = hooks.middlewares().get(index);
    ask(
        incoming,
        () -> middleware.handle(incoming.request(), incoming.carried()),
        new Holds.Waiter<Step>() {
          @Override
          public void onDecided(Step step) {
            switch (step) {
              case Step.Next next -> {
                incoming.carry(next.headers());
                pass(incoming, index + 1, onward);
              }
              case Step.Answer answer -> incoming.reply(answer.reply());
            }
          }

          @Override
          public void onFailed(Throwable failure) {
            LOG.error("a middleware failed; its request is refused", failure);
            incoming.refuse(EngineError.BAD_REQUEST);
          }

          @Override
          public void onUnavailable() {
            incoming.reply(unavailable());
          }
        });
  }

  /** Asks for admission, then runs {@code onward} if it is given. */
  void admit(Incoming incoming, Runnable onward) {
    ask(
        incoming,
        () -> hooks.admission().decide(incoming.request()),
        new Holds.Waiter<Decision>() {
          @Override
          public void onDecided(Decision decision) {
            switch (decision) {
              case Decision.Admit _ -> onward.run();
              case Decision.Forbid forbid -> {
                tally.handshakeRefused();
                incoming.forbid(forbid.message());
              }
              case Decision.Answer answer -> {
                tally.handshakeRefused();
                incoming.reply(answer.reply());
              }
            }
          }

          @Override
          public void onFailed(Throwable failure) {
            LOG.error("admission failed; its request is put off", failure);
            onUnavailable();
          }

          @Override
          public void onUnavailable() {
            tally.handshakeRefused();
            incoming.reply(unavailable());
          }
        });
  }

  /** Answers what is held with 503. */
  void close() {
    holds.close();
  }

  private <T> void ask(
      Incoming incoming, Supplier<CompletionStage<T>> question, Holds.Waiter<T> waiter) {
    CompletionStage<T> answer;
    try {
      answer = question.get();
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedFuture(failure);
    }
    holds.await(incoming, homes.get(incoming.loop().index()), answer, waiter);
  }
}
