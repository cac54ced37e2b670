package io.realtime.notify.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve(".env.production"), text);
  }

  private static LoadedConfig load(Map<String, String> environment, Path file) {
    return ConfigLoader.load(environment, Optional.of(file), Mode.PRODUCTION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          A=b                | b
          A = b              | b
          export A=b         | b
          A=b # comment      | b
          A=b#c              | b#c
          A=# comment        | ~~
          A=                 | ~~
          A='b # c'          | b # c
          A='b\\nc' # x      | b\\nc
          A="b \\" # c"      | b " # c
          A="b\\\\"          | b\\
          A="$5"             | $5
          A=b=c              | b=c
          """)
  void line_isUnderstoodAsDotenvDoes(String line, String value) {
    EnvFile file = EnvFile.parse("f", "\uFEFF# head\r\n\r\n" + line + "\r\n");

    assertThat(file.problems()).isEmpty();
    assertThat(file.lines()).containsOnly(Map.entry("A", new EnvFile.Line(value, "f:3")));
  }

  @Test
  void line_repeated_lastOneHolds() {
    assertThat(EnvFile.parse("f", "A=1\nA=2").lines())
        .containsEntry("A", new EnvFile.Line("2", "f:2"));
  }

  @Test
  void lines_notUnderstood_areNamedWithoutTheirText() {
    assertThat(EnvFile.parse("f", "hush\nA=\"open\nB='c' d\n1A=x").problems())
        .containsExactly(
            "f:1: not understood (expected: NAME=value)",
            "f:2: the quote is not closed (expected: one line per value)",
            "f:3: text behind the closing quote (expected: a comment)",
            "f:4: not understood (expected: NAME=value)");
  }

  @Test
  void file_missing_refuses() {
    Path missing = folder.resolve("none");

    assertThat(load(Map.of(), missing).problems().getFirst())
        .startsWith("--env-file " + missing + ": no such file");
  }

  @Test
  void file_oneByteTooLong_refuses() throws Exception {
    String longest = "#".repeat((int) EnvFile.MAX_BYTES);

    assertThat(EnvFile.read(file(longest)).problems()).isEmpty();
    assertThat(EnvFile.read(file(longest + "#")).problems()).hasSize(1);
  }

  @Test
  void file_notUtf8_refuses() throws Exception {
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'A', '=', (byte) 0xE4});

    assertThat(EnvFile.read(file).problems()).singleElement().asString().contains("not UTF-8");
  }

  @Test
  void environment_winsOverTheFile() throws Exception {
    Path file = file("REALTIME_PORT=1\nKAFKA_BROKER=k:1\nNODE_ENV=development\n");

    LoadedConfig loaded = load(Map.of("REALTIME_PORT", "2"), file);

    assertThat(loaded.orThrow().listener().port()).isEqualTo(2);
    assertThat(loaded.orThrow().kafka().brokers()).isEqualTo("k:1");
  }

  @Test
  void value_wrongInTheFile_isNamedWithItsLine() throws Exception {
    Path file = file("NODE_ENV=development\nKAFKA_BROKER=k:1\nREALTIME_PORT=x\n");

    assertThat(load(Map.of(), file).problems())
        .containsExactly(
            "REALTIME_PORT: \"x\" (expected: a port from 0 to 65535) [" + file + ":3]");
  }

  @Test
  void effective_tellsWhereEachValueCameFromAndMasksSecrets() throws Exception {
    Path file = file("JWT_SECRET=0123456789abcdef0123456789abcdef\n");

    LoadedConfig loaded = load(Map.of("KAFKA_BROKERS", "k:1"), file);

    assertThat(loaded.effective())
        .contains(
            new LoadedConfig.Effective("JWT_SECRET", Secret.MASK, file + ":1"),
            new LoadedConfig.Effective("KAFKA_BROKER", "k:1", "environment as KAFKA_BROKERS"),
            new LoadedConfig.Effective("REALTIME_PORT", "3009", "default"),
            new LoadedConfig.Effective("AUTH_MODE", "jwt", "default"));
    assertThat(loaded.effective()).hasSameSizeAs(Settings.all());
  }
}
