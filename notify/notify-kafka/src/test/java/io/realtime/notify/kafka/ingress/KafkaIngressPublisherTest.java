package io.realtime.notify.kafka.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.notify.core.ingest.IngressPublisher.IngressEvent;
import io.realtime.notify.core.ingest.IngressPublisher.IngressUnavailableException;
import io.realtime.notify.kafka.client.KafkaSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KafkaIngressPublisherTest {
  private static final IngressEvent EVENT =
      new IngressEvent("order.updated", "rest:1", "u1", new byte[] {1});

  @Test
  void eventPastTheBound_isRefusedAtOnce_andTheBoundIsGivenBack() throws Exception {
    // A listener that never answers: an event waits for it until its time is up.
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        KafkaIngressPublisher publisher =
            new KafkaIngressPublisher(
                KafkaSettings.of(
                    "127.0.0.1:" + silent.getLocalPort(), "g", "n", Pattern.compile("x")),
                1)) {
      CompletableFuture<CompletionStage<Void>> first = new CompletableFuture<>();
      Thread.startVirtualThread(() -> first.complete(publisher.publish(EVENT)));
      // The producer has connected: the first event is on its way.
      try (var _ = silent.accept()) {
        assertRefused(publisher.publish(EVENT), RejectedExecutionException.class);
        assertRefused(first.join(), org.apache.kafka.common.errors.TimeoutException.class);
      }
      assertRefused(
          publisher.publish(EVENT), org.apache.kafka.common.errors.TimeoutException.class);
    }
  }

  private static void assertRefused(CompletionStage<Void> outcome, Class<? extends Throwable> why) {
    assertThatThrownBy(() -> outcome.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IngressUnavailableException.class)
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(why));
  }
}
