package io.realtime.demo.shop;

import io.realtime.demo.shop.simulator.ShopTraffic;
import io.realtime.notify.app.cli.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The console producer. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = "Write one record to Kafka and wait until it is confirmed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./realtime demo produce order.updated user-1 \\",
      "      '{\"orderId\":\"o-1\",\"buyerId\":\"user-1\",\"status\":\"shipped\"}'",
      "  ./realtime demo produce --broker kafka:9092 inventory.updated product-1 \\",
      "      '{\"productId\":\"product-1\",\"stock\":3}'"
    })
final class ProduceCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Option(
      names = "--broker",
      paramLabel = "HOST:PORT",
      description = "Where Kafka is; the demo's broker when not given.")
  private @Nullable String broker;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Such as order.updated.")
  private String topic = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The buyer's or the product's id.")
  private String key = "";

  @Parameters(index = "2", paramLabel = "JSON", description = "The event.")
  private String json = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  ProduceCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    String target = broker != null ? broker : "127.0.0.1:" + DemoPorts.of(environment).kafka();
    try (KafkaProducer<String, String> producer = ShopTraffic.producer(target)) {
      RecordMetadata written = producer.send(new ProducerRecord<>(topic, key, json)).get();
      spec.commandLine()
          .getOut()
          .println("written as " + topic + ":" + written.partition() + ":" + written.offset());
      return ExitCode.OK;
    } catch (ExecutionException e) {
      throw new DemoFailedException("kafka at " + target + " did not take it: " + e.getCause());
    }
  }
}
