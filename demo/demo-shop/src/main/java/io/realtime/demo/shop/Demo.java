package io.realtime.demo.shop;

import io.realtime.demo.broker.process.BrokerProcess;
import io.realtime.demo.shop.simulator.Shop;
import io.realtime.demo.shop.simulator.ShopTraffic;
import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.config.Mode;
import io.realtime.notify.app.logging.Logging;
import io.realtime.notify.app.service.RealtimeService;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Everything in one: broker, topics, service, shop. Started in this order, stopped in reverse. */
final class Demo implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(650);

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(45);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final String bootstrap;
  private final RealtimeService service;
  private final Config config;

  private Demo(Options options, PrintStream out) throws InterruptedException {
    DemoPorts ports = DemoPorts.of(options.environment()).requireFree();
    try {
      BrokerProcess broker = broker(options, ports);
      step(out, "Kafka broker on " + broker.bootstrap(), () -> started.push(broker.start()));
      this.bootstrap = broker.bootstrap();
      this.config = config(options, bootstrap);
      Logging.configure(config.mode(), config.logLevel());
      DemoTopics.create(bootstrap);
      long begin = System.nanoTime();
      out.println("Starting the service");
      this.service = RealtimeService.start(config);
      started.push(service);
      if (!service.awaitKafka(KAFKA_TIMEOUT)) {
        throw new DemoFailedException(
            "The service does not read from Kafka after " + KAFKA_TIMEOUT.toSeconds() + " s");
      }
      out.println("  up after " + seconds(begin));
      out.println("Opening the shop: " + String.join(", ", Shop.USERS) + " order things");
      Shop shop =
          new Shop(
              new Random(options.seed()),
              InstantSource.system(),
              "order-" + Long.toString(Instant.now().getEpochSecond(), 36) + "-");
      started.push(ShopTraffic.start(shop, bootstrap, PAUSE));
    } catch (RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /**
   * How to run it.
   *
   * @param home the project's folder: data is kept in {@code data/} below it
   * @param secret turns JWT mode on
   */
  record Options(Map<String, String> environment, Path home, Optional<String> secret, long seed) {}

  /** Returns when everything runs. */
  static Demo start(Options options, PrintStream out) throws InterruptedException {
    return new Demo(options, out);
  }

  private static BrokerProcess broker(Options options, DemoPorts ports) {
    Path data = options.home().resolve("data");
    BrokerProcess.Builder builder =
        BrokerProcess.builder().dataDir(data.resolve("kafka")).port(ports.kafka());
    Path lib = options.home().resolve("dist").resolve("broker-lib");
    return (Files.isDirectory(lib) ? builder.libFolder(lib) : builder).build();
  }

  /** The demo's own settings win over everything that could point it to another Kafka. */
  private static Config config(Options options, String bootstrap) {
    Map<String, String> settings = new HashMap<>(options.environment());
    settings
        .keySet()
        .removeIf(
            name ->
                name.startsWith("KAFKA_")
                    || name.equals("REALTIME_ENV")
                    || name.equals("AUTH_MODE"));
    settings.put("NODE_ENV", Mode.DEVELOPMENT.text());
    settings.put("KAFKA_BROKER", bootstrap);
    settings.putIfAbsent("DATA_DIR", options.home().resolve("data").resolve("service").toString());
    settings.remove("JWT_SECRET");
    options.secret().ifPresent(secret -> settings.put("JWT_SECRET", secret));
    return ConfigLoader.load(settings, Optional.empty(), Mode.DEVELOPMENT).orThrow();
  }

  private static void step(PrintStream out, String what, Runnable action) {
    long begin = System.nanoTime();
    out.println("Starting the " + what);
    action.run();
    out.println("  up after " + seconds(begin));
  }

  private static String seconds(long begin) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
  }

  String bootstrap() {
    return bootstrap;
  }

  int port() {
    return service.port();
  }

  Config config() {
    return config;
  }

  /** Returns when the service has been stopped. */
  void awaitStop() throws InterruptedException {
    service.awaitStop();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        // The rest is stopped all the same.
        System.err.println("While stopping: " + e.getMessage());
      }
    }
  }
}
