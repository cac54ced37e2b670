package io.realtime.notify.app.config;

import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.CorsPolicy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Environment, then {@code --env-file}, then defaults. Goes on after the first error, so that all
 * are reported together.
 */
public final class ConfigLoader {
  /** HS256 with less is weaker than its hash (RFC 7518 section 3.2). */
  public static final int MIN_SECRET_BYTES = 32;

  /** After so long a broken link is still mended without a trace. */
  private static final Duration BREAK = Duration.ofMinutes(2);

  private static final Duration MAX_TTL = Duration.ofDays(30);

  /** Stands in the documentation of the service that this one replaces. */
  static final String EXAMPLE_SECRET = "your-secret-key-change-in-production";

  private final SettingReader reader;
  private final List<String> warnings = new ArrayList<>();

  private ConfigLoader(SettingReader reader) {
    this.reader = reader;
  }

  /**
   * Reads everything once.
   *
   * @param defaultMode what holds when {@code NODE_ENV} is not set
   */
  public static LoadedConfig load(
      Map<String, String> environment, Optional<Path> envFile, Mode defaultMode) {
    EnvFile file = envFile.map(EnvFile::read).orElse(new EnvFile(Map.of(), List.of()));
    Set<String> names = new LinkedHashSet<>(environment.keySet());
    names.addAll(file.lines().keySet());
    SettingReader reader = new SettingReader(environment, file);
    return new ConfigLoader(reader).load(names, defaultMode);
  }

  /**
   * Only what signs tokens, so that a token can be made without a broker.
   *
   * @throws ConfigException when there is no secret
   */
  public static Config.Auth.Jwt signing(Map<String, String> environment, Optional<Path> envFile) {
    EnvFile file = envFile.map(EnvFile::read).orElse(new EnvFile(Map.of(), List.of()));
    ConfigLoader loader = new ConfigLoader(new SettingReader(environment, file));
    Optional<Secret> secret = loader.reader.read(Settings.JWT_SECRET, Secret::new);
    List<String> roleClaim = loader.roleClaim();
    if (secret.isEmpty()) {
      loader.reader.problem(
          "JWT_SECRET: not set (expected: the secret of the service; in the environment or in"
              + " --env-file)");
    }
    if (!loader.reader.problems().isEmpty() || secret.isEmpty()) {
      throw new ConfigException(loader.reader.problems());
    }
    return new Config.Auth.Jwt(secret.get(), roleClaim);
  }

  /**
   * Only what concerns Kafka, for commands that need nothing else.
   *
   * @throws ConfigException naming everything that is wrong with it
   */
  public static Config.Kafka kafka(Map<String, String> environment, Optional<Path> envFile) {
    EnvFile file = envFile.map(EnvFile::read).orElse(new EnvFile(Map.of(), List.of()));
    SettingReader reader = new SettingReader(environment, file);
    Config.Kafka kafka = KafkaSettings.read(reader);
    if (!reader.problems().isEmpty()) {
      throw new ConfigException(reader.problems());
    }
    return kafka;
  }

  /**
   * {@code 90s}, {@code 15m}, {@code 7d}.
   *
   * @throws IllegalArgumentException saying what would have been right
   */
  public static Duration duration(String text, Duration longest) {
    return Values.duration(text, longest);
  }

  private LoadedConfig load(Set<String> names, Mode defaultMode) {
    Mode mode = mode(defaultMode);
    boolean production = mode == Mode.PRODUCTION;
    Config.Listener listener = listener(production);
    Config.Auth auth = auth(production);
    Optional<CorsPolicy> cors = cors(production);
    Config.Kafka kafka = KafkaSettings.read(reader);
    Config.Heartbeat heartbeat =
        new Config.Heartbeat(
            millis(Settings.WS_PING_INTERVAL, 25_000), millis(Settings.WS_PING_TIMEOUT, 20_000));
    checkRecovery(heartbeat);
    boolean allowEio3 = reader.read(Settings.ALLOW_EIO3, Values::flag, false);
    Config.Proof proof =
        reader
            .read(Settings.DELIVERY_PROOF, Values.oneOf(Config.Proof.class))
            .orElse(Config.Proof.TRANSPORT);
    reader.byDefault(Settings.DELIVERY_PROOF, "transport");
    BigDecimal threshold =
        reader.read(Settings.LOW_STOCK_THRESHOLD, Values::threshold, BigDecimal.TEN);
    LogLevel logLevel = logLevel();
    Path dataDir = reader.read(Settings.DATA_DIR, Values::path, Path.of("data"));
    Config.Inbox inbox = inbox();
    notYet();
    warnings.addAll(UnknownNames.warnings(names));
    List<String> problems = reader.problems();
    Optional<Config> config =
        problems.isEmpty()
            ? Optional.of(
                new Config(
                    mode,
                    listener,
                    auth,
                    cors,
                    kafka,
                    heartbeat,
                    allowEio3,
                    proof,
                    threshold,
                    logLevel,
                    dataDir,
                    inbox,
                    List.copyOf(warnings)))
            : Optional.empty();
    return new LoadedConfig(config, problems, List.copyOf(warnings), reader.effective());
  }

  /**
   * A client whose link breaks comes back, within {@link #BREAK} of our noticing that, to a session
   * and to events that are still kept: counted from its last sign of life.
   */
  private void checkRecovery(Config.Heartbeat heartbeat) {
    Duration kept = InboxLimits.defaults().lifetimes().pid();
    Duration together = heartbeat.interval().plus(heartbeat.timeout());
    Duration most = kept.minus(BREAK).minus(Config.SLOW_CONSUMER);
    if (together.compareTo(most) >= 0) {
      reader.problem(
          "WS_PING_INTERVAL: together with WS_PING_TIMEOUT "
              + together.toMillis()
              + " (expected: less than "
              + most.toMillis()
              + ", or a broken connection would be noticed too late for its client to be"
              + " recovered)");
    }
  }

  private Config.Inbox inbox() {
    int events =
        reader.read(
            Settings.INBOX_MAX_EVENTS,
            Values.integer("a number of events from 1 to 100000", 1, 100_000),
            1_000);
    int kilobytes =
        reader.read(
            Settings.INBOX_MAX_KB,
            Values.integer("KiB from 1024 (an event may have 512) to 1048576", 1_024, 1 << 20),
            1_024);
    Optional<Duration> ttl = reader.read(Settings.INBOX_TTL, ConfigLoader::ttl);
    reader.byDefault(Settings.INBOX_TTL, "7d");
    int megabytes =
        reader.read(
            Settings.STORE_MAX_MB, Values.integer("MiB from 16 to 1048576", 16, 1 << 20), 1_024);
    return new Config.Inbox(
        events, (long) kilobytes << 10, ttl.orElse(Duration.ofDays(7)), (long) megabytes << 20);
  }

  private static Duration ttl(String text) {
    Duration ttl = Values.duration(text, MAX_TTL);
    if (ttl.isZero()) {
      throw new IllegalArgumentException("longer than nothing, at most 30d");
    }
    return ttl;
  }

  private Mode mode(Mode defaultMode) {
    Optional<Mode> mode = reader.read(Settings.NODE_ENV, Values::mode);
    if (mode.isEmpty()) {
      reader.byDefault(Settings.NODE_ENV, defaultMode.text());
    }
    return mode.orElse(defaultMode);
  }

  private LogLevel logLevel() {
    Optional<LogLevel> level = reader.read(Settings.LOG_LEVEL, Values::logLevel);
    reader.byDefault(Settings.LOG_LEVEL, "log");
    return level.orElse(LogLevel.INFO);
  }

  private Config.Listener listener(boolean production) {
    int loops =
        reader.read(
            Settings.LOOPS,
            Values.integer("a number of event loops from 1 to 256", 1, 256),
            Runtime.getRuntime().availableProcessors());
    return new Config.Listener(
        reader.read(Settings.HOST, Values::host, production ? "0.0.0.0" : "127.0.0.1"),
        reader.read(Settings.PORT, Values.integer("a port from 0 to 65535", 0, 65_535), 3009),
        loops,
        transport(),
        reader.read(
            Settings.MAX_CONNECTIONS,
            Values.integer("a number of connections from 1 to 1000000", 1, 1_000_000),
            10_000),
        reader.read(
            Settings.MAX_CONNECTIONS_PER_USER,
            Values.integer("a number of connections from 1 to 1000000", 1, 1_000_000),
            20));
  }

  private TransportChoice transport() {
    Optional<TransportChoice> kind =
        reader.read(Settings.TRANSPORT, Values.oneOf(TransportChoice.class));
    reader.byDefault(Settings.TRANSPORT, "auto");
    return kind.orElse(TransportChoice.AUTO);
  }

  private Duration millis(Setting setting, int fallback) {
    return Duration.ofMillis(
        reader.read(
            setting, Values.integer("milliseconds from 1000 to 300000", 1000, 300_000), fallback));
  }

  private enum AuthMode {
    JWT,
    DEVELOPMENT
  }

  private Config.Auth auth(boolean production) {
    Optional<Secret> secret = reader.read(Settings.JWT_SECRET, Secret::new);
    Optional<AuthMode> chosen = reader.read(Settings.AUTH_MODE, Values.oneOf(AuthMode.class));
    AuthMode mode = chosen.orElse(secret.isPresent() ? AuthMode.JWT : AuthMode.DEVELOPMENT);
    reader.byDefault(Settings.AUTH_MODE, mode.name().toLowerCase(Locale.ROOT));
    List<String> roleClaim = roleClaim();
    secret.ifPresent(value -> judge(value, production));
    if (mode == AuthMode.DEVELOPMENT) {
      development(production, chosen.isPresent(), secret.isPresent());
      return new Config.Auth.Development();
    }
    if (secret.isEmpty()) {
      reader.problem(
          "JWT_SECRET: not set (expected: at least 32 bytes, because AUTH_MODE is jwt; make one"
              + " with: openssl rand -hex 32)");
    }
    return new Config.Auth.Jwt(secret.orElse(new Secret("")), roleClaim);
  }

  private List<String> roleClaim() {
    Optional<List<String>> path = reader.read(Settings.JWT_ROLE_CLAIM, Values::claimPath);
    reader.byDefault(Settings.JWT_ROLE_CLAIM, "role");
    return path.orElse(List.of("role"));
  }

  private void development(boolean production, boolean chosen, boolean secret) {
    if (production) {
      reader.problem(
          "AUTH_MODE: development"
              + (chosen ? "" : " (because JWT_SECRET is not set)")
              + " is refused in production (expected: jwt with a JWT_SECRET of at least 32 bytes;"
              + " make one with: openssl rand -hex 32)");
    } else {
      warnings.add(
          "AUTH_MODE is development: INSECURE, every userId is believed and anyone can be admin");
      if (secret) {
        warnings.add("JWT_SECRET is set but not used, because AUTH_MODE is development");
      }
    }
  }

  private void judge(Secret secret, boolean production) {
    int bytes = secret.reveal().getBytes(StandardCharsets.UTF_8).length;
    Optional<String> weakness =
        secret.reveal().equals(EXAMPLE_SECRET)
            ? Optional.of("the published example value")
            : bytes < MIN_SECRET_BYTES ? Optional.of(bytes + " bytes") : Optional.empty();
    if (weakness.isEmpty()) {
      return;
    }
    if (production) {
      reader.problem(
          "JWT_SECRET: "
              + weakness.get()
              + " (expected: a random value of at least 32 bytes; make one with: openssl rand -hex"
              + " 32)");
    } else {
      warnings.add("JWT_SECRET is weak (" + weakness.get() + "): production refuses it");
    }
  }

  private Optional<CorsPolicy> cors(boolean production) {
    Optional<CorsPolicy> chosen = reader.read(Settings.CORS_ORIGIN, Values::cors);
    if (reader.find(Settings.CORS_ORIGIN).isEmpty()) {
      reader.byDefault(Settings.CORS_ORIGIN, production ? "none (same origin)" : "*");
      return production ? Optional.empty() : Optional.of(CorsPolicy.any());
    }
    if (production && chosen.equals(Optional.of(CorsPolicy.any()))) {
      warnings.add("CORS_ORIGIN is *: every web page may connect, never with credentials");
    }
    return chosen;
  }

  private void notYet() {
    Settings.NOT_YET.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              Setting setting = Setting.of(name, "", "");
              String harmless = Settings.NOT_YET_HARMLESS.getOrDefault(name, "");
              reader
                  .find(setting)
                  .filter(found -> !found.value().equalsIgnoreCase(harmless))
                  .ifPresent(
                      found ->
                          reader.problem(
                              name
                                  + ": not supported by this version (expected: not set; "
                                  + Settings.NOT_YET.get(name)
                                  + ")"));
            });
  }
}
