package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.config.Mode;
import io.realtime.notify.app.logging.Logging;
import io.realtime.notify.app.service.RealtimeService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the service until SIGTERM or Ctrl-C. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the service. NODE_ENV is production unless set.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  KAFKA_BROKER=kafka:9092 JWT_SECRET=\"$(openssl rand -hex 32)\" realtime serve",
      "  realtime serve --env-file .env.production",
      "  NODE_ENV=development KAFKA_BROKER=localhost:9092 realtime serve"
    })
final class ServeCommand implements Callable<Integer> {
  /** An orderly stop takes less; past it the process ends without. */
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(24);

  private final Map<String, String> environment;
  @Mixin private final EnvFileOption envFile = new EnvFileOption();

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Config config = ConfigLoader.load(environment, envFile.file(), Mode.PRODUCTION).orThrow();
    Logging.configure(config.mode(), config.logLevel());
    RealtimeService service = RealtimeService.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "realtime-stop"));
    service.awaitStop();
    return ExitCode.OK;
  }

  /** Orchestrators kill what has not ended after 30 s: better to end by ourselves. */
  private static void stop(RealtimeService service) {
    Thread.ofPlatform().daemon().name("realtime-deadline").start(() -> haltUnlessStopped(service));
    service.close();
    Logging.end();
  }

  private static void haltUnlessStopped(RealtimeService service) {
    try {
      if (!service.awaitStop(STOP_DEADLINE)) {
        LoggerFactory.getLogger(ServeCommand.class)
            .error("not stopped after {} s: ending all the same", STOP_DEADLINE.toSeconds());
        Logging.end();
        Runtime.getRuntime().halt(ExitCode.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
