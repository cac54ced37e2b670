package io.realtime.notify.core.ingest;

import java.util.concurrent.CompletionStage;

/**
 * Puts an event of our own (REST, dead-letter replay) onto {@code realtime.ingress}, from where it
 * travels like any other.
 */
public interface IngressPublisher {

  /**
   * Completes after the broker's ack; fails with {@link IngressUnavailableException} when Kafka
   * does not confirm it in time.
   */
  CompletionStage<Void> publish(IngressEvent event);

  /**
   * @param type the topic that it stands for, such as {@code order.updated}, or {@code
   *     admin.<event>} for the admin feed
   * @param eventId as clients will see it, such as {@code rest:...}
   * @param key the user or product id: what order is kept by
   * @param value the JSON payload; never written to
   */
  record IngressEvent(String type, String eventId, String key, byte[] value) {}

  /** Kafka did not confirm; the event may still arrive. */
  final class IngressUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IngressUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
