package io.realtime.notify.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands for a running service say without one. */
class RemoteCommandsTest {
  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine(Map.of());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "tail", "dlq", "dlq ls", "dlq show", "dlq replay", "dlq discard"})
  void help_hasExamples(String command) {
    Outcome outcome = run((command + " --help").split(" "));
    assertThat(outcome.code()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out()).contains("Usage: realtime " + command).contains("Examples:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send",
        "send nonsense a=b",
        "send order userId",
        "send order =x",
        "send inventory stock:=abc",
        "send order a=b --data {}",
        "send order --data {",
        "send order a=b --key k",
        "send order a=b --kafka --brokers localhost:1",
        "send order.created a=b --kafka --brokers localhost:1 --idempotency-key k",
        "send order a=b --url ftp://x",
        "send order a=b --url nonsense",
        "tail",
        "tail --user u --count 0",
        "tail --user u --after 7",
        "tail --user u --subscribe nonsense",
        "dlq",
        "dlq show",
        "dlq replay --brokers localhost:1",
        "dlq replay --every --rate 0 --brokers localhost:1",
        "dlq replay --every --rate 1001 --brokers localhost:1",
        "dlq replay --since yesterday --brokers localhost:1",
        "dlq discard e --brokers localhost:1",
        "dlq discard --reason r --brokers localhost:1"
      })
  void notUnderstood_endsWith2AndSaysWhereToRead(String args) {
    Outcome outcome = run(args.split(" "));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("Try: realtime").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dlq ls", "dlq show e", "dlq replay --every", "send order.x a=b --kafka"})
  void brokersMissing_endsWith78AndNamesTheSetting(String args) {
    Outcome outcome = run(args.split(" "));
    assertThat(outcome.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.err()).contains("KAFKA_BROKER");
  }

  @Test
  void serviceAway_endsWith1AndSaysSo() {
    Outcome outcome =
        run("send", "notification", "userId=u", "message=m", "--url", "http://127.0.0.1:1");
    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("Cannot reach http://127.0.0.1:1").doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(List.of(outcome.err().strip().split("\n"))).hasSize(1);
  }
}
