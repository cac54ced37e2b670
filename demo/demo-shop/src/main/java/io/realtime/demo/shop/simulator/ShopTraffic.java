package io.realtime.demo.shop.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in a {@link Shop} to Kafka, at a steady pace, on a thread of its own. */
public final class ShopTraffic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopTraffic.class);

  private final Shop shop;
  private final KafkaProducer<String, String> producer;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("shop").daemon().unstarted(task));
  private final LongAdder confirmed = new LongAdder();

  private ShopTraffic(Shop shop, KafkaProducer<String, String> producer) {
    this.shop = shop;
    this.producer = producer;
  }

  /** Lets something happen every {@code pause}. */
  public static ShopTraffic start(Shop shop, String bootstrap, Duration pause) {
    ShopTraffic traffic = new ShopTraffic(shop, producer(bootstrap));
    var _ =
        traffic.clockwork.scheduleAtFixedRate(
            traffic::step, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return traffic;
  }

  /** A producer of texts that waits for every replica and keeps order. */
  public static KafkaProducer<String, String> producer(String bootstrap) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            5_000,
            ProducerConfig.CLIENT_ID_CONFIG,
            "shop");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** Events that Kafka has confirmed. */
  public long confirmed() {
    return confirmed.sum();
  }

  private void step() {
    try {
      for (ShopEvent event : shop.next()) {
        var _ =
            producer.send(
                new ProducerRecord<>(event.topic(), event.key(), event.json()),
                (metadata, failure) -> {
                  if (failure == null) {
                    confirmed.increment();
                  } else {
                    LOG.warn("shop: kafka did not take an event: {}", failure.getMessage());
                  }
                });
      }
    } catch (RuntimeException e) {
      // The clockwork would stop for good.
      LOG.warn("shop: kafka did not take an event: {}", e.getMessage());
    }
  }

  /** Stops the shop and sends what waits, at most 2 s. */
  @Override
  public void close() {
    clockwork.shutdownNow();
    producer.close(Duration.ofSeconds(2));
  }
}
