package io.realtime.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoMainTest {
  private record Outcome(int code, String out, String err) {}

  private static Outcome run(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = DemoMain.commandLine(environment);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(args);
    return new Outcome(code, out.toString(), err.toString());
  }

  @Test
  void help_hasExamples() {
    Outcome outcome = run(Map.of(), "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Usage: realtime demo", "Examples:", "--secure");
  }

  @ParameterizedTest
  @CsvSource({"REALTIME_PORT,DEMO_KAFKA_PORT", "DEMO_KAFKA_PORT,REALTIME_PORT"})
  void port_taken_isOneLineAndEndsWith1(String variable, String other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Outcome outcome = run(Map.of(variable, port, other, "0"));

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err().strip())
          .isEqualTo("Port " + port + " is taken: choose another one with " + variable + "=<port>");
    }
  }

  @Test
  void ports_invalid_areReportedTogether() {
    Outcome outcome = run(Map.of("REALTIME_PORT", "65536", "DEMO_KAFKA_PORT", "x"));

    assertThat(outcome.code()).isEqualTo(78);
    assertThat(outcome.err())
        .contains("REALTIME_PORT: \"65536\" (expected:", "DEMO_KAFKA_PORT: \"x\" (expected:");
  }

  @Test
  void ports_same_areRefused() {
    assertThat(run(Map.of("REALTIME_PORT", "4000", "DEMO_KAFKA_PORT", "4000")).err())
        .contains("another one than REALTIME_PORT");
  }

  @Test
  void option_unknown_endsWith2() {
    assertThat(run(Map.of(), "--nonsense").code()).isEqualTo(2);
  }
}
