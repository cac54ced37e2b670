package io.realtime.verification.chaos.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.verification.harness.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Produces at a steady rate on a thread of its own: orders and notifications, most of them good,
 * some poisonous, doubled, huge or empty. The header {@link #KIND} says what must come of each.
 */
public final class Shop implements AutoCloseable {
  /** Values: names of {@link io.realtime.verification.chaos.oracle.Source.Kind}. */
  static final String KIND = "chaos-kind";

  static final List<String> TOPICS =
      List.of(
          "order.created",
          "order.updated",
          "order.cancelled",
          "notification.general",
          "inventory.updated");

  private static final int HUGE = 200_000;

  /** Past what a record may have. */
  private static final int TOO_LARGE = 600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> users;
  private final Random random;
  private final AtomicLong produced = new AtomicLong();
  private final Thread thread;
  private volatile boolean ended;
  private volatile @Nullable String flooded;

  /**
   * @param random what is produced for whom follows from it
   */
  public Shop(String bootstrap, List<String> users, int perSecond, Random random) {
    this.users = users;
    this.random = random;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "linger.ms",
                "5",
                "delivery.timeout.ms",
                "120000",
                "max.block.ms",
                "60000",
                "buffer.memory",
                "67108864",
                "reconnect.backoff.max.ms",
                "500"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread = Thread.ofPlatform().name("shop").unstarted(() -> run(perSecond));
  }

  public void open() {
    thread.start();
  }

  /** Every fourth record from now on is for this user; null: nobody in particular. */
  public void flood(@Nullable String user) {
    flooded = user;
  }

  /** Records that were handed to the producer. */
  public long produced() {
    return produced.get();
  }

  private void run(int perSecond) {
    long step = Duration.ofSeconds(1).toNanos() / perSecond;
    for (long due = System.nanoTime(); !ended; due += step) {
      LockSupport.parkNanos(due - System.nanoTime());
      one();
    }
  }

  private void one() {
    String victim = flooded;
    String user =
        victim != null && random.nextInt(4) == 0 ? victim : users.get(random.nextInt(users.size()));
    int dice = random.nextInt(1_000);
    if (dice < 30) {
      send(orderTopic(), user, "POISON", poison(user));
    } else if (dice < 33) {
      send(orderTopic(), user, "POISON", order(user, TOO_LARGE));
    } else if (dice < 43) {
      send(orderTopic(), user, "OTHER", null);
    } else if (dice < 100) {
      send("inventory.updated", "p-" + random.nextInt(20), "OTHER", inventory());
    } else if (dice < 102) {
      send(orderTopic(), user, "PERSONAL", order(user, HUGE));
    } else if (dice < 130) {
      byte[] twice = order(user, 20);
      String topic = orderTopic();
      send(topic, user, "PERSONAL", twice);
      send(topic, user, "PERSONAL", twice);
    } else if (dice < 300) {
      send("notification.general", user, "PERSONAL", notification(user));
    } else {
      send(orderTopic(), user, "PERSONAL", order(user, random.nextInt(400)));
    }
  }

  /** One more for each user, when all inboxes should be empty. */
  public void sendMarkers(List<String> to) {
    to.forEach(user -> send("order.updated", user, "MARKER", order(user, 1)));
    producer.flush();
  }

  private void send(String topic, String key, String kind, byte @Nullable [] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    record.headers().add(KIND, kind.getBytes(UTF_8));
    var _ = producer.send(record);
    produced.incrementAndGet();
  }

  private String orderTopic() {
    return TOPICS.get(random.nextInt(3));
  }

  private byte[] order(String user, int padding) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("orderId", "o-" + produced.get());
    order.put("buyerId", user);
    order.put("status", "PAID");
    order.put("message", "\u00fcber \u20ac \"quoted\"");
    order.put("padding", "x".repeat(padding));
    return Json.write(order).getBytes(UTF_8);
  }

  private byte[] notification(String user) {
    return Json.write(Map.of("userId", user, "message", "hello " + produced.get())).getBytes(UTF_8);
  }

  private byte[] inventory() {
    Map<String, Object> stock = new LinkedHashMap<>();
    stock.put("productId", "p-1");
    stock.put("stock", 100 + random.nextInt(100));
    stock.put("message", "stock");
    return Json.write(stock).getBytes(UTF_8);
  }

  private byte[] poison(String user) {
    return switch (random.nextInt(6)) {
      case 0 -> "{\"orderId\": \"o-1\", ".getBytes(UTF_8);
      case 1 -> new byte[0];
      case 2 -> new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
      case 3 -> "[1, 2, 3]".getBytes(UTF_8);
      case 4 -> "{\"orderId\":\"o-2\",\"status\":\"PAID\"}".getBytes(UTF_8);
      default ->
          ("{\"orderId\":{\"no\":1},\"status\":\"X\",\"buyerId\":\"" + user + "\"}")
              .getBytes(UTF_8);
    };
  }

  /** Ends producing; returns when the broker has all of it. */
  public void stop() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.flush();
  }

  @Override
  public void close() {
    ended = true;
    producer.close(Duration.ofSeconds(1));
  }
}
