package io.realtime.notify.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine(environment);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "serve", "token", "config", "config explain"})
  void help_everyCommand_succeeds(String command) {
    Outcome outcome = run(Map.of(), (command + " --help").strip().split(" "));

    assertThat(outcome.code()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out()).contains("Usage: realtime");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "serve", "token", "config explain"})
  void help_hasExamples(String command) {
    assertThat(run(Map.of(), (command + " --help").strip().split(" ")).out()).contains("Examples:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "serve --nonsense",
        "token",
        "token --user",
        "config",
        "demo --secure"
      })
  void commandLine_notUnderstood_endsWith2AndSaysWhereToRead(String args) {
    Outcome outcome = run(Map.of(), args.split(" "));

    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("Try: realtime").doesNotContain("\tat ");
  }

  @Test
  void noCommand_endsWith2() {
    assertThat(run(Map.of()).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void serve_settingsWrong_listsAllAndEndsWith78() {
    Outcome outcome = run(Map.of("REALTIME_PORT", "x"), "serve");

    assertThat(outcome.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.err())
        .startsWith("3 settings are wrong:")
        .contains("REALTIME_PORT: \"x\"", "AUTH_MODE:", "KAFKA_BROKER:", "Nothing was started.");
  }

  @Test
  void serve_envFileMissing_endsWith78() {
    Outcome outcome = run(Map.of(), "serve", "--env-file", Path.of("no", "such").toString());

    assertThat(outcome.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.err()).contains("no such file");
  }

  @Test
  void configExplain_valid_printsValuesOriginsAndNoSecret() {
    Outcome outcome =
        run(Map.of("KAFKA_BROKER", "k:9092", "JWT_SECRET", SECRET), "config", "explain");

    assertThat(outcome.code()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out())
        .containsPattern("KAFKA_BROKER +k:9092 +environment")
        .containsPattern("REALTIME_PORT +3009 +default")
        .containsPattern("JWT_SECRET +\\*{8} +environment")
        .doesNotContain(SECRET);
  }

  @Test
  void configExplain_invalid_printsValuesAllTheSameAndEndsWith78() {
    Outcome outcome = run(Map.of(), "config", "explain");

    assertThat(outcome.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.out()).contains("REALTIME_PORT");
    assertThat(outcome.err()).contains("KAFKA_BROKER: not set");
  }

  @Test
  void token_withSecret_printsNothingButTheToken() {
    Outcome outcome =
        run(Map.of("JWT_SECRET", SECRET), "token", "--user", "u", "--role", "admin", "--ttl", "5m");

    assertThat(outcome.code()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  }

  @Test
  void token_withoutSecret_endsWith78() {
    assertThat(run(Map.of(), "token", "--user", "u").code()).isEqualTo(ExitCode.CONFIG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0s", "31d", "-1m"})
  void token_lifeWrong_endsWith2AndNamesIt(String ttl) {
    Outcome outcome = run(Map.of("JWT_SECRET", SECRET), "token", "--user", "u", "--ttl", ttl);

    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("--ttl");
  }
}
