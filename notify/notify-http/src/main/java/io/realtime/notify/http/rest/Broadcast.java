package io.realtime.notify.http.rest;

import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.core.ingest.IngressPublisher.IngressEvent;
import io.realtime.notify.http.contract.Operation.IngressRule;
import io.realtime.notify.http.web.Problem;
import io.realtime.socketio.server.http.HttpReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
 */
public final class Broadcast implements ApiHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final IngressPublisher publisher;
  private final Audiences audiences;
  private final Duration timeout;
  private final Supplier<String> eventIds;

  /**
   * @param timeout how long a caller waits at most, whatever the publisher does
   */
  public Broadcast(
      IngressPublisher publisher,
      Audiences audiences,
      Duration timeout,
      Supplier<String> eventIds) {
    this.publisher = publisher;
    this.audiences = audiences;
    this.timeout = timeout;
    this.eventIds = eventIds;
  }

  @Override
  public HttpReply handle(ApiCall call) throws InterruptedException {
    IngressRule rule = call.operation().ingress().orElseThrow();
    JsonNode body = call.body().orElseThrow();
    String key = rule.key().map(name -> body.path(name).asString()).orElse(rule.type());
    IngressEvent event = new IngressEvent(rule.type(), eventIds.get(), key, call.request().body());
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    try {
      publisher
          .publish(event)
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  confirmed.complete(null);
                } else {
                  confirmed.completeExceptionally(failure);
                }
              });
      confirmed.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IngressPublisher.IngressUnavailableException e) {
      return unconfirmed(event, e);
    } catch (ExecutionException e) {
      return unconfirmed(event, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return unconfirmed(event, e);
    }
    return HttpReply.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("success", true)
            .put("eventId", event.eventId())
            .put("connectedNow", connectedNow(rule, key))
            .toString());
  }

  private int connectedNow(IngressRule rule, String key) {
    return switch (rule.audience()) {
      case USER -> audiences.user(key);
      case PRODUCT -> audiences.product(key);
      case ADMINS -> audiences.admins();
    };
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
