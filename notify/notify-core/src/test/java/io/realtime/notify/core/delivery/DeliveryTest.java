package io.realtime.notify.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.fakes.FakeSocket;
import io.realtime.notify.core.ingest.Intake.Resolved;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final PartitionKey STOCK = new PartitionKey("inventory.updated", "id", 0);
  private static final String EVENT = "{\"productId\":\"p\",\"stock\":3}";

  private final DeliveryFixture fixture = new DeliveryFixture();

  private double counted(String type, String outcome) {
    return fixture.registry.counter("realtime.events", "type", type, "outcome", outcome).count();
  }

  @Test
  void stateEvent_accepted_reachesEveryoneSubscribedOnceAndAdminsAndTheObserver() {
    FakeSocket everything = fixture.namespace.connect(Rooms.INVENTORY, Rooms.product("p"));
    FakeSocket product = fixture.namespace.connect(Rooms.product("p"));
    FakeSocket other = fixture.namespace.connect(Rooms.product("q"));
    FakeSocket admin = fixture.namespace.connect(Rooms.ADMIN);

    fixture.accept(STOCK, 0, EVENT);
    fixture.namespace.loop().turn();

    assertThat(everything.sent())
        .extracting(FakeSocket.Sent::event)
        .containsExactly("inventory:updated");
    assertThat(product.payloads()).isEqualTo(everything.payloads());
    assertThat(other.sent()).isEmpty();
    assertThat(admin.sent())
        .extracting(FakeSocket.Sent::event)
        .containsExactly("admin:inventory:updated");
    assertThat(fixture.stocks).containsExactly("p=3");
    assertThat(fixture.kept()).isZero();
  }

  @Test
  void order_accepted_reachesAdminsWithTheSamePayload() {
    FakeSocket admin = fixture.namespace.connect(Rooms.ADMIN);
    FakeSocket buyer = fixture.connect("u");

    fixture.orders("u", "1");

    assertThat(admin.sent())
        .extracting(FakeSocket.Sent::event)
        .containsExactly("admin:order:created");
    assertThat(admin.payloads()).isEqualTo(buyer.payloads());
  }

  @Test
  void record_acceptedAgain_changesNothing() {
    FakeSocket admin = fixture.namespace.connect(Rooms.ADMIN);
    fixture.accept(STOCK, 0, EVENT);

    fixture.accept(STOCK, 0, EVENT);
    fixture.namespace.loop().turn();

    assertThat(admin.sent()).hasSize(1);
    assertThat(fixture.stocks).hasSize(1);
    assertThat(counted("inventory.updated", "accepted")).isEqualTo(1);
    assertThat(counted("inventory.updated", "duplicate")).isEqualTo(1);
  }

  @Test
  void rejectedAndSkipped_accepted_advanceTheWatermarkOnly() {
    fixture.accept(STOCK, 4, "no json");
    fixture.accept(new PartitionKey("order.", "id", 0), 5, "{}");

    assertThat(fixture.store.all().toCompletableFuture().join())
        .containsEntry(STOCK, new Watermark(4, 0, 0))
        .hasSize(2);
    assertThat(counted("other", "rejected")).isEqualTo(1);
    assertThat(counted("other", "skipped")).isEqualTo(1);
  }

  @Test
  void storeAway_accepted_failsAndSendsNothingAndCanBeRepeated() {
    FakeSocket admin = fixture.namespace.connect(Rooms.ADMIN);
    List<Resolved> batch = List.of(fixture.record(STOCK, 0, EVENT));
    fixture.inbox.away(true);

    assertThatThrownBy(() -> fixture.delivery.accept(STOCK, batch).toCompletableFuture().join())
        .hasCauseInstanceOf(StoreUnavailableException.class);
    fixture.inbox.away(false);
    fixture.delivery.accept(STOCK, batch).toCompletableFuture().join();
    fixture.namespace.loop().turn();

    assertThat(admin.sent()).hasSize(1);
  }

  @Test
  void batchWithDuplicates_accepted_sendsOnlyTheNewInOrder() {
    FakeSocket buyer = fixture.connect("u");
    fixture.accept(DeliveryFixture.ORDERS, 0, "{\"orderId\":\"0\",\"buyerId\":\"u\"}");

    fixture
        .delivery
        .accept(
            DeliveryFixture.ORDERS,
            List.of(
                fixture.record(DeliveryFixture.ORDERS, 0, "{\"orderId\":\"0\",\"buyerId\":\"u\"}"),
                fixture.record(DeliveryFixture.ORDERS, 1, "broken"),
                fixture.record(DeliveryFixture.ORDERS, 2, "{\"orderId\":\"2\",\"buyerId\":\"u\"}"),
                fixture.record(DeliveryFixture.ORDERS, 3, "{\"orderId\":\"3\",\"buyerId\":\"u\"}")))
        .toCompletableFuture()
        .join();
    fixture.namespace.loop().turn();

    assertThat(DeliveryFixture.orderIds(buyer)).containsExactly("0", "2", "3");
  }

  @Test
  void delivered_latency_isMeasuredFromTheRecordsTimestamp() {
    fixture.orders("u", "1");
    fixture.clock.advance(Duration.ofSeconds(2));

    fixture.connect("u");

    assertThat(
            fixture
                .registry
                .get("realtime.delivery.latency")
                .tag("path", "backlog")
                .timer()
                .totalTime(java.util.concurrent.TimeUnit.MILLISECONDS))
        .isEqualTo(2_000);
  }

  @Test
  void expiredEntries_swept_areDroppedAndCounted() {
    fixture.orders("u", "1");

    fixture.sweepAfter(Duration.ofDays(7));

    assertThat(fixture.kept()).isZero();
    assertThat(fixture.registry.counter("realtime.inbox.evicted", "reason", "ttl").count())
        .isEqualTo(1);
  }

  @Test
  void inboxPastItsCap_accepted_countsTheEviction() {
    for (int i = 0; i < 1_001; i++) {
      fixture.orders("u", Integer.toString(i));
    }

    assertThat(fixture.kept()).isEqualTo(1_000);
    assertThat(fixture.registry.counter("realtime.inbox.evicted", "reason", "cap").count())
        .isEqualTo(1);
  }
}
