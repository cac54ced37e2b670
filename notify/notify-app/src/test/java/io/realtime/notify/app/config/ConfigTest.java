package io.realtime.notify.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.server.api.CorsPolicy;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> PRODUCTION =
      Map.of("KAFKA_BROKER", "kafka:9092", "JWT_SECRET", SECRET);
  private static final Map<String, String> DEVELOPMENT =
      Map.of("NODE_ENV", "development", "KAFKA_BROKER", "localhost:9092");

  private static Map<String, String> with(Map<String, String> base, String... more) {
    Map<String, String> result = new HashMap<>(base);
    for (int i = 0; i < more.length; i += 2) {
      result.put(more[i], more[i + 1]);
    }
    return result;
  }

  private static LoadedConfig load(Map<String, String> environment) {
    return ConfigLoader.load(environment, Optional.empty(), Mode.PRODUCTION);
  }

  private static Config production(String... more) {
    return load(with(PRODUCTION, more)).orThrow();
  }

  private static String onlyProblem(Map<String, String> environment) {
    List<String> problems = load(environment).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @Test
  void production_onlyRequired_hasTheDefaultsOfTheContract() {
    Config config = production();

    assertThat(config.mode()).isEqualTo(Mode.PRODUCTION);
    assertThat(config.listener().port()).isEqualTo(3009);
    assertThat(config.listener().host()).isEqualTo("0.0.0.0");
    assertThat(config.auth()).isInstanceOf(Config.Auth.Jwt.class);
    assertThat(config.cors()).isEmpty();
    assertThat(config.kafka().group()).isEqualTo("realtime-service-group");
    assertThat(config.kafka().lookback()).isEqualTo(Duration.ZERO);
    assertThat(config.kafka().clientProperties()).isEmpty();
    assertThat(config.heartbeat())
        .isEqualTo(new Config.Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20)));
    assertThat(config.lowStockThreshold()).isEqualTo(BigDecimal.TEN);
    assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(config.dataDir()).isEqualTo(Path.of("data"));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void development_onlyBroker_isOpenOnLoopbackAndSaysSo() {
    Config config = load(DEVELOPMENT).orThrow();

    assertThat(config.listener().host()).isEqualTo("127.0.0.1");
    assertThat(config.auth()).isInstanceOf(Config.Auth.Development.class);
    assertThat(config.cors()).contains(CorsPolicy.any());
    assertThat(config.warnings()).singleElement().asString().contains("INSECURE");
  }

  @Test
  void production_noSecret_refusesDevelopmentAuthentication() {
    assertThat(onlyProblem(Map.of("KAFKA_BROKER", "kafka:9092")))
        .startsWith("AUTH_MODE: development (because JWT_SECRET is not set) is refused");
  }

  @Test
  void production_developmentAuthenticationChosen_refuses() {
    assertThat(onlyProblem(with(PRODUCTION, "AUTH_MODE", "development")))
        .startsWith("AUTH_MODE: development is refused in production");
  }

  @Test
  void jwtMode_noSecret_refuses() {
    assertThat(onlyProblem(with(DEVELOPMENT, "AUTH_MODE", "jwt")))
        .startsWith("JWT_SECRET: not set (expected: at least 32 bytes");
  }

  @Test
  void secret_oneByteShort_isRefusedInProductionAndWarnedAboutElsewhere() {
    String weak = SECRET.substring(1);

    assertThat(onlyProblem(with(PRODUCTION, "JWT_SECRET", weak)))
        .startsWith("JWT_SECRET: 31 bytes (expected:")
        .doesNotContain(weak);
    assertThat(load(with(DEVELOPMENT, "JWT_SECRET", weak)).orThrow().warnings())
        .containsExactly("JWT_SECRET is weak (31 bytes): production refuses it");
  }

  @Test
  void secret_publishedExample_isRefusedInProduction() {
    assertThat(onlyProblem(with(PRODUCTION, "JWT_SECRET", "your-secret-key-change-in-production")))
        .startsWith("JWT_SECRET: the published example value");
  }

  @Test
  void broker_missing_refusesInEveryMode() {
    assertThat(onlyProblem(Map.of("JWT_SECRET", SECRET))).startsWith("KAFKA_BROKER: not set");
    assertThat(onlyProblem(Map.of("NODE_ENV", "development"))).startsWith("KAFKA_BROKER: not set");
  }

  @Test
  void broker_aliasAndList_areUnderstood() {
    Config config =
        load(Map.of("KAFKA_BROKERS", "a:1, [::1]:65535 ,c-d.e:9092", "JWT_SECRET", SECRET))
            .orThrow();

    assertThat(config.kafka().brokers()).isEqualTo("a:1,[::1]:65535,c-d.e:9092");
  }

  @Test
  void aliases_differ_refuses() {
    assertThat(onlyProblem(with(PRODUCTION, "KAFKA_BROKERS", "other:9092")))
        .isEqualTo("KAFKA_BROKER and KAFKA_BROKERS: differ (expected: only one of them)");
  }

  @Test
  void modeAlias_isUnderstood() {
    assertThat(load(with(PRODUCTION, "REALTIME_ENV", "development")).orThrow().mode())
        .isEqualTo(Mode.DEVELOPMENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NODE_ENV               | staging            | production, development or test
          REALTIME_PORT          | 65536              | a port from 0 to 65535
          REALTIME_PORT          | -1                 | a port from 0 to 65535
          REALTIME_PORT          | http               | a port from 0 to 65535
          REALTIME_PORT          | tcp://10.0.0.1:80  | enableServiceLinks
          REALTIME_HOST          | a b                | a host name or an address
          REALTIME_LOOPS         | 0                  | from 1 to 256
          REALTIME_LOOPS         | 257                | from 1 to 256
          REALTIME_TRANSPORT     | kqueue             | auto, io_uring, epoll, nio
          REALTIME_MAX_CONNECTIONS | 0                | from 1 to 1000000
          REALTIME_MAX_CONNECTIONS | 1000001          | from 1 to 1000000
          AUTH_MODE              | none               | jwt, development
          JWT_ROLE_CLAIM         | a..b               | names joined by dots
          CORS_ORIGIN            | shop.example       | origins joined by commas
          CORS_ORIGIN            | https://a.b/path   | origins joined by commas
          CORS_ORIGIN            | https://u@a.b      | origins joined by commas
          CORS_ORIGIN            | null               | origins joined by commas
          CORS_ORIGIN            | ,                  | origins joined by commas
          KAFKA_BROKER           | kafka              | host:port
          KAFKA_BROKER           | kafka:0            | host:port
          KAFKA_BROKER           | kafka:65536        | host:port
          KAFKA_BROKER           | http://kafka:9092  | host:port
          KAFKA_TOPIC_PATTERN    | order.[            | a Java regular expression
          KAFKA_TOPIC_EXCLUDE    | (                  | a Java regular expression
          KAFKA_SECURITY_PROTOCOL | TLS               | PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
          KAFKA_CLIENT_CONFIG    | /nonexistent/file  | a properties file that can be read
          START_LOOKBACK         | 10                 | a number and its unit
          START_LOOKBACK         | 8d                 | at most 7d
          WS_PING_INTERVAL       | 999                | milliseconds from 1000 to 300000
          WS_PING_INTERVAL       | 300001             | milliseconds from 1000 to 300000
          WS_PING_TIMEOUT        | 20s                | milliseconds from 1000 to 300000
          LOW_STOCK_THRESHOLD    | -1                 | a number from 0
          LOW_STOCK_THRESHOLD    | 1000000001         | a number from 0
          LOW_STOCK_THRESHOLD    | 1e-99999999        | a number from 0
          LOG_LEVEL              | loud               | log, verbose, debug, warn, error
          """)
  void setting_invalid_isNamedWithItsValueAndWhatIsAllowed(
      String name, String value, String expected) {
    assertThat(onlyProblem(with(PRODUCTION, name, value)))
        .startsWith(name + ": \"" + value + "\" (expected: ")
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          REALTIME_PORT       | 0
          REALTIME_PORT       | 65535
          REALTIME_LOOPS      | 256
          WS_PING_INTERVAL    | 1000
          WS_PING_TIMEOUT     | 24999
          START_LOOKBACK      | 7d
          LOW_STOCK_THRESHOLD | 0
          LOW_STOCK_THRESHOLD | 2.5
          """)
  void setting_atItsLimit_isTaken(String name, String value) {
    assertThat(load(with(PRODUCTION, name, value)).problems()).isEmpty();
  }

  @Test
  void severalSettings_invalid_areReportedTogether() {
    List<String> problems =
        load(Map.of("REALTIME_PORT", "x", "WS_PING_TIMEOUT", "y", "LOG_LEVEL", "z")).problems();

    assertThat(problems)
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "REALTIME_PORT", "AUTH_MODE", "KAFKA_BROKER", "WS_PING_TIMEOUT", "LOG_LEVEL");
  }

  @Test
  void fromEnvironment_invalid_throwsWithAllProblems() {
    assertThatThrownBy(() -> Config.fromEnvironment(Map.of("REALTIME_PORT", "x")))
        .isInstanceOfSatisfying(
            ConfigException.class, failure -> assertThat(failure.problems()).hasSize(3));
  }

  @Test
  void value_empty_countsAsNotSet() {
    assertThat(production("REALTIME_PORT", " ").listener().port()).isEqualTo(3009);
  }

  @Test
  void allowEio3_isTrueOrFalse() {
    assertThat(production().allowEio3()).isFalse();
    assertThat(production("ALLOW_EIO3", "TRUE").allowEio3()).isTrue();
    assertThat(onlyProblem(with(PRODUCTION, "ALLOW_EIO3", "yes"))).contains("true or false");
  }

  @Test
  void cors_starInProduction_isTakenWithAWarning() {
    Config config = production("CORS_ORIGIN", "*");

    assertThat(config.cors()).contains(CorsPolicy.any());
    assertThat(config.warnings()).singleElement().asString().startsWith("CORS_ORIGIN is *");
  }

  @Test
  void cors_list_isNormalisedToOrigins() {
    assertThat(production("CORS_ORIGIN", "https://Shop.example/, http://localhost:5173").cors())
        .contains(
            CorsPolicy.origins(Set.of("https://shop.example", "http://localhost:5173"))
                .withCredentials());
  }

  @ParameterizedTest
  @CsvSource({
    "log,INFO",
    "verbose,TRACE",
    "debug,DEBUG",
    "WARN,WARN",
    "error,ERROR",
    "fatal,ERROR",
    "info,INFO",
    "TRACE,TRACE",
    "warning,WARN"
  })
  void logLevel_nestAndJavaNames_areUnderstood(String name, LogLevel level) {
    assertThat(production("LOG_LEVEL", name).logLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REDIS_URL", "JWKS_URL", "JWT_ISSUER", "JWT_AUDIENCE", "GUEST_ACCESS"})
  void setting_ofALaterVersion_refusesInsteadOfIgnoringIt(String name) {
    assertThat(onlyProblem(with(PRODUCTION, name, "something")))
        .startsWith(name + ": not supported by this version");
  }

  @Test
  void setting_ofALaterVersionThatAsksForWhatHolds_isTaken() {
    assertThat(production("GUEST_ACCESS", "off").warnings()).isEmpty();
  }

  @Test
  void unknownVariable_nearAKnownOne_isWarnedAboutWithItsName() {
    assertThat(
            production(
                    "KAFKA_BROKR", "x",
                    "REALTIME_PROT", "1",
                    "KAFKA_QWERTZUIOPASDFGH", "1",
                    "KAFKA_SERVICE_HOST", "kubernetes",
                    "KAFKA_PORT_9092_TCP_ADDR", "kubernetes")
                .warnings())
        .containsExactlyInAnyOrder(
            "KAFKA_BROKR is not a setting and has no effect; did you mean KAFKA_BROKER?",
            "REALTIME_PROT is not a setting and has no effect; did you mean REALTIME_PORT?",
            "KAFKA_QWERTZUIOPASDFGH is not a setting and has no effect");
  }

  @Test
  void saslUser_andPassword_becomeAJaasLine() {
    Map<String, String> properties =
        production(
                "KAFKA_SECURITY_PROTOCOL", "sasl_ssl",
                "KAFKA_SASL_MECHANISM", "scram-sha-512",
                "KAFKA_SASL_USERNAME", "me",
                "KAFKA_SASL_PASSWORD", "a\"b\\c",
                "KAFKA_SSL_TRUSTSTORE_LOCATION", "/trust.jks",
                "KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "none")
            .kafka()
            .clientProperties();

    assertThat(properties)
        .containsOnly(
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
            Map.entry(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"me\" password=\"a\\\"b\\\\c\";"),
            Map.entry("ssl.truststore.location", "/trust.jks"),
            Map.entry("ssl.endpoint.identification.algorithm", ""));
  }

  @Test
  void sasl_onlyUser_refuses() {
    assertThat(
            onlyProblem(
                with(
                    PRODUCTION, "KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SASL_USERNAME", "u")))
        .startsWith("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: only one is set");
  }

  @Test
  void sasl_withoutProtocol_refusesAndHidesThePassword() {
    assertThat(
            onlyProblem(
                with(PRODUCTION, "KAFKA_SASL_USERNAME", "u", "KAFKA_SASL_PASSWORD", "hush")))
        .startsWith("KAFKA_SECURITY_PROTOCOL: not set (expected: SASL_SSL")
        .doesNotContain("hush");
  }

  @Test
  void sasl_userBesideJaasLine_refuses() {
    assertThat(
            onlyProblem(
                with(
                    PRODUCTION,
                    "KAFKA_SECURITY_PROTOCOL",
                    "SASL_SSL",
                    "KAFKA_SASL_JAAS_CONFIG",
                    "x required;",
                    "KAFKA_SASL_USERNAME",
                    "u",
                    "KAFKA_SASL_PASSWORD",
                    "p")))
        .startsWith("KAFKA_SASL_USERNAME: set beside KAFKA_SASL_JAAS_CONFIG");
  }

  @Test
  void sasl_userWithAnotherMechanism_refuses() {
    assertThat(
            onlyProblem(
                with(
                    PRODUCTION,
                    "KAFKA_SECURITY_PROTOCOL",
                    "SASL_SSL",
                    "KAFKA_SASL_MECHANISM",
                    "GSSAPI",
                    "KAFKA_SASL_USERNAME",
                    "u",
                    "KAFKA_SASL_PASSWORD",
                    "p")))
        .startsWith("KAFKA_SASL_MECHANISM: \"GSSAPI\"");
  }

  @Test
  void clientConfigFile_isPassedAsItIsAndSingleVariablesWin(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, "security.protocol=SSL\nsome.future.key=1\n");

    assertThat(
            production(
                    "KAFKA_CLIENT_CONFIG", file.toString(), "KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")
                .kafka()
                .clientProperties())
        .containsOnly(
            Map.entry("security.protocol", "PLAINTEXT"), Map.entry("some.future.key", "1"));
  }

  @Test
  void config_asText_holdsNoSecret() {
    Config config =
        production(
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_USERNAME", "me",
            "KAFKA_SASL_PASSWORD", "hush-hush");

    assertThat(config.toString()).doesNotContain(SECRET).doesNotContain("hush-hush");
  }
}
