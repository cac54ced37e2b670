package io.realtime.verification.harness;

import io.realtime.verification.architecture.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that runs, each part started when it is first needed and kept for all tests. */
public final class Stack implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of(
          "order.created",
          "order.updated",
          "order.cancelled",
          "order.shipped",
          "inventory.updated",
          "product.created",
          "product.updated",
          "notification.general");

  private final Path js = Repository.find().root().resolve("verification/target/js");
  private final Path folder;
  private final Lazy<Kafka> kafka = new Lazy<>(this::startKafka);
  private final Lazy<Service> development = new Lazy<>(this::startDevelopment);
  private final Lazy<Service> jwt = new Lazy<>(this::startJwt);
  private final Lazy<Clients> clients = new Lazy<>(this::startClients);
  private final Lazy<Browser> browser = new Lazy<>(this::startBrowser);

  Stack() {
    Path parent = Repository.find().root().resolve("verification/target/stack");
    try {
      Files.createDirectories(parent);
      folder = Files.createTempDirectory(parent, "run-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Kafka kafka() {
    return kafka.get();
  }

  /** The service in development mode. */
  public Service service() {
    return development.get();
  }

  /** The service in production with tokens of {@link Tokens}. */
  public Service jwtService() {
    return jwt.get();
  }

  public Clients clients() {
    return clients.get();
  }

  public Browser browser() {
    return browser.get();
  }

  /** Where the Node packages are installed. */
  public Path js() {
    return js;
  }

  /** A new empty folder that stays for looking into after a failure. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name that no other test uses. */
  public static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A broker of its own, for tests that harm it. */
  public Kafka ownKafka(String name) {
    Kafka own = new Kafka(folder(name).resolve("kafka"));
    own.createTopics(3, TOPICS);
    return own;
  }

  /** A service of its own. */
  public Service ownService(String name, Kafka broker, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("NODE_ENV", "development");
    settings.put("KAFKA_BROKER", broker.bootstrap());
    settings.put("KAFKA_CONSUMER_GROUP", name);
    settings.putAll(more);
    return Service.start(folder(name), settings);
  }

  private Kafka startKafka() {
    return ownKafka("shared");
  }

  private Service startDevelopment() {
    return ownService("development", kafka(), Map.of());
  }

  private Service startJwt() {
    return ownService(
        "jwt", kafka(), Map.of("NODE_ENV", "production", "JWT_SECRET", Tokens.SECRET));
  }

  private Clients startClients() {
    return new Clients(js);
  }

  private Browser startBrowser() {
    return new Browser(js, chromium());
  }

  /** {@code CHROMIUM}, or the first of the usual names on the path. */
  static Path chromium() {
    String chosen = System.getenv("CHROMIUM");
    if (chosen != null) {
      return Path.of(chosen);
    }
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Chromium found: ./test installs it"));
  }

  /** Clients first, then services, then the broker. */
  @Override
  public void close() {
    browser.close();
    clients.close();
    development.close();
    jwt.close();
    kafka.close();
  }

  private static final class Lazy<T extends AutoCloseable> {
    private final Supplier<T> starter;
    private @Nullable T value;

    Lazy(Supplier<T> starter) {
      this.starter = starter;
    }

    synchronized T get() {
      T known = value;
      if (known == null) {
        known = starter.get();
        value = known;
      }
      return known;
    }

    synchronized void close() {
      T known = value;
      if (known != null) {
        try {
          known.close();
        } catch (Exception e) {
          throw new IllegalStateException("not closed", e);
        }
      }
    }
  }
}
