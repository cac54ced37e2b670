package io.realtime.notify.kafka.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.kafka.client.ClientConfigs;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.client.LazyProducer;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes to {@link InternalTopics#INGRESS} with {@code acks=all}. Call it from a thread that may
 * block for {@code max.block.ms} (3 s), such as a virtual thread; the stage fails at most 5 s after
 * that.
 */
public final class KafkaIngressPublisher implements IngressPublisher, AutoCloseable {
  /** Events that wait for the broker's ack; one more is refused at once. */
  public static final int MAX_IN_FLIGHT = 1_000;

  private final Semaphore room;
  private final LazyProducer producer;

  public KafkaIngressPublisher(KafkaSettings settings) {
    this(settings, MAX_IN_FLIGHT);
  }

  KafkaIngressPublisher(KafkaSettings settings, int maxInFlight) {
    this.room = new Semaphore(maxInFlight);
    this.producer = new LazyProducer(ClientConfigs.producer(settings, "ingress"));
  }

  @Override
  public CompletionStage<Void> publish(IngressEvent event) {
    if (!room.tryAcquire()) {
      return CompletableFuture.failedStage(
          new IngressUnavailableException(
              "too many events wait for kafka",
              new RejectedExecutionException("events in flight at their bound")));
    }
    var record =
        new ProducerRecord<byte[], byte[]>(
            InternalTopics.INGRESS, null, event.key().getBytes(UTF_8), event.value());
    record.headers().add(IngressHeaders.TYPE, event.type().getBytes(UTF_8));
    record.headers().add(IngressHeaders.EVENT_ID, event.eventId().getBytes(UTF_8));
    return producer
        .send(record)
        .whenComplete((done, failure) -> room.release())
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              return CompletableFuture.failedStage(
                  new IngressUnavailableException("kafka did not confirm the event", cause));
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
