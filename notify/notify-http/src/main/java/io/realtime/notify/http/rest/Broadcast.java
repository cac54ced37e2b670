package io.realtime.notify.http.rest;

import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.IdempotencyKeys.Claim;
import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.core.ingest.IngressPublisher.IngressEvent;
import io.realtime.notify.http.contract.Operation.IngressRule;
import io.realtime.notify.http.web.Problem;
import io.realtime.notify.http.web.Problem.FieldError;
import io.realtime.socketio.server.http.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * All operations that send an event: the body goes to the ingress topic byte for byte, under the
 * type and key that the document names, and is answered after the broker's ack.
 *
 * <p>With an {@code Idempotency-Key} the event id is a hash, and the key is claimed for this body
 * before the event is produced. A repetition that finds no answer, because the first call is under
 * way or its process died, produces the same event id again: the inbox takes it once.
 */
public final class Broadcast implements ApiHandler {
  /** The header's name as the document writes it. */
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final IngressPublisher publisher;
  private final IdempotencyKeys keys;
  private final Audiences audiences;
  private final Duration timeout;

  /**
   * @param timeout how long a caller waits at most for each of the store and Kafka
   */
  public Broadcast(
      IngressPublisher publisher, IdempotencyKeys keys, Audiences audiences, Duration timeout) {
    this.publisher = publisher;
    this.keys = keys;
    this.audiences = audiences;
    this.timeout = timeout;
  }

  @Override
  public HttpReply handle(ApiCall call) throws InterruptedException {
    Optional<String> key = Optional.ofNullable(call.headers().get(IDEMPOTENCY_KEY));
    if (key.isEmpty()) {
      IngressEvent event = event(call, EventIds.next());
      Outcome<Void> confirmed = await(() -> publisher.publish(event));
      return confirmed.failure().isEmpty()
          ? ok(answer(call, event))
          : unconfirmed(event, confirmed.failure().get());
    }
    String eventId = EventIds.of(call.caller().subject(), call.operation().path(), key.get());
    Outcome<Claim> claim = await(() -> keys.claim(eventId, EventIds.hash(call.request().body())));
    if (claim.value().isEmpty()) {
      return notRemembered(eventId, claim.failure());
    }
    return switch (claim.value().get()) {
      case Claim.Answered(String answer) -> ok(answer);
      case Claim.Conflict() -> conflict();
      case Claim.Open() -> publish(call, event(call, eventId));
    };
  }

  private HttpReply publish(ApiCall call, IngressEvent event) throws InterruptedException {
    Outcome<Void> confirmed = await(() -> publisher.publish(event));
    if (confirmed.failure().isPresent()) {
      return unconfirmed(event, confirmed.failure().get());
    }
    String answer = answer(call, event);
    Outcome<String> kept = await(() -> keys.answered(event.eventId(), answer));
    kept.failure()
        .ifPresent(
            failure ->
                LOG.warn(
                    "the answer to a REST call is not kept, a repetition is produced again:"
                        + " eventId={} cause={}",
                    event.eventId(),
                    failure.toString()));
    return ok(kept.value().orElse(answer));
  }

  private static IngressEvent event(ApiCall call, String eventId) {
    IngressRule rule = call.operation().ingress().orElseThrow();
    return new IngressEvent(rule.type(), eventId, key(call, rule), call.request().body());
  }

  private static String key(ApiCall call, IngressRule rule) {
    JsonNode body = call.body().orElseThrow();
    return rule.key().map(name -> body.path(name).asString()).orElse(rule.type());
  }

  private String answer(ApiCall call, IngressEvent event) {
    IngressRule rule = call.operation().ingress().orElseThrow();
    return JsonNodeFactory.instance
        .objectNode()
        .put("success", true)
        .put("eventId", event.eventId())
        .put("connectedNow", connectedNow(rule, event.key()))
        .toString();
  }

  private int connectedNow(IngressRule rule, String key) {
    return switch (rule.audience()) {
      case USER -> audiences.user(key);
      case PRODUCT -> audiences.product(key);
      case ADMINS -> audiences.admins();
    };
  }

  private static HttpReply ok(String answer) {
    return HttpReply.json(200, answer);
  }

  /** What came of a call to a port: a failure, or else a value unless it is void. */
  private record Outcome<T>(Optional<T> value, Optional<Throwable> failure) {}

  private <T> Outcome<T> await(Supplier<CompletionStage<T>> call) throws InterruptedException {
    CompletableFuture<Optional<T>> done = new CompletableFuture<>();
    try {
      call.get()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  done.complete(Optional.ofNullable(value));
                } else {
                  done.completeExceptionally(failure);
                }
              });
      return new Outcome<>(done.get(timeout.toMillis(), TimeUnit.MILLISECONDS), Optional.empty());
    } catch (ExecutionException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException | IngressPublisher.IngressUnavailableException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e));
    }
  }

  private static HttpReply conflict() {
    return new Problem(
            422,
            "idempotency-conflict",
            "This " + IDEMPOTENCY_KEY + " was used for another body",
            Optional.empty(),
            List.of(
                new FieldError(IDEMPOTENCY_KEY, "was used for another body in the last 24 hours")))
        .reply();
  }

  private static HttpReply notRemembered(String eventId, Optional<Throwable> cause) {
    LOG.warn(
        "the store did not take an {}: eventId={} cause={}",
        IDEMPOTENCY_KEY,
        eventId,
        cause.map(Throwable::toString).orElse("no claim"));
    return Problem.of(
            503,
            "unavailable",
            "The store cannot remember the " + IDEMPOTENCY_KEY + " now; nothing was sent")
        .withInstance(eventId.substring(eventId.indexOf(':') + 1))
        .reply(RETRY_AFTER);
  }

  private static HttpReply unconfirmed(IngressEvent event, Throwable cause) {
    LOG.warn(
        "kafka did not confirm a REST event: type={} eventId={} cause={}",
        event.type(),
        event.eventId(),
        cause.toString());
    return Problem.of(
            503, "unavailable", "Kafka did not confirm the event; it may still be delivered")
        .withInstance(event.eventId().substring(event.eventId().indexOf(':') + 1))
        .reply(RETRY_AFTER);
  }
}
