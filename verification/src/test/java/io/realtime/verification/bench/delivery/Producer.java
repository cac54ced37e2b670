package io.realtime.verification.bench.delivery;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Produces one order event after the other, to each user in turn. One thread. */
public final class Producer implements AutoCloseable {
  static final String TOPIC = "order.created";

  private final KafkaProducer<String, String> producer;
  private final int users;
  private long count;

  public Producer(String bootstrap, int users) {
    this.users = users;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "linger.ms",
                "1",
                "batch.size",
                "65536"),
            new StringSerializer(),
            new StringSerializer());
  }

  /** About 200 bytes. */
  public void send(long stamp) {
    String user = Long.toString(count % users);
    String value =
        "{\"orderId\":\"order-"
            + count
            + "\",\"buyerId\":\""
            + user
            + "\",\"status\":\"CREATED\",\"total\":1299.95,\"currency\":\"EUR\",\"ts\":"
            + stamp
            + ",\"items\":[{\"sku\":\"SKU-1042\",\"quantity\":2}]}";
    count++;
    var _ = producer.send(new ProducerRecord<>(TOPIC, user, value));
  }

  /** How many were sent so far. */
  public long count() {
    return count;
  }

  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
