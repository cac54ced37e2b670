package io.realtime.demo.shop;

import io.realtime.notify.app.cli.ExitCode;
import io.realtime.notify.app.cli.Main;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.config.LogLevel;
import io.realtime.notify.app.config.Mode;
import io.realtime.notify.app.logging.Logging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code realtime demo}. */
@Command(
    name = "realtime demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run a Kafka broker, the service and a simulated shop, all on this machine.",
      "REALTIME_PORT (3009) and DEMO_KAFKA_PORT (9092) choose the ports. Data is kept in data/."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./realtime demo",
      "  ./realtime demo --secure",
      "  REALTIME_PORT=4000 DEMO_KAFKA_PORT=19092 ./realtime demo"
    })
public final class DemoMain implements Callable<Integer> {
  private static final int SECRET_BYTES = 32;

  private final Map<String, String> environment;

  @Option(
      names = "--secure",
      description = "Tokens are needed: makes a secret and prints a user's and an admin's token.")
  private boolean secure;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What happens in the shop; the same seed, the same things.")
  private long seed;

  DemoMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Ends the JVM unless the demo is left running. */
  public static void main(String[] args) {
    int status = commandLine(System.getenv()).execute(args);
    Logging.end();
    System.exit(status);
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return Main.polite(
        new CommandLine(new DemoMain(environment)).addSubcommand(new ProduceCommand(environment)));
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.configure(Mode.DEVELOPMENT, LogLevel.WARN);
    Path home = Path.of(System.getProperty("realtime.home", "")).toAbsolutePath();
    Optional<String> secret = secure ? Optional.of(secret()) : Optional.empty();
    Demo demo = Demo.start(new Demo.Options(environment, home, secret, seed), System.out);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.println("Stopping");
                  demo.close();
                  Logging.end();
                },
                "demo-stop"));
    System.out.println(Welcome.text(demo.port(), demo.bootstrap(), demo.config()));
    System.out.println("READY http://localhost:" + demo.port());
    demo.awaitStop();
    return ExitCode.OK;
  }

  /** The one that is set, when it is good enough; otherwise a fresh one. */
  private String secret() {
    String own = environment.getOrDefault("JWT_SECRET", "");
    if (own.getBytes(StandardCharsets.UTF_8).length >= ConfigLoader.MIN_SECRET_BYTES) {
      return own;
    }
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
