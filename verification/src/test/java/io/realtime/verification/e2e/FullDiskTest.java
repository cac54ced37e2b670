package io.realtime.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Cli;
import io.realtime.verification.harness.Command;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start where nothing can be written says what to do, and changes nothing. */
@EndToEnd
class FullDiskTest {
  private final Stack stack;

  FullDiskTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(120)
  void disk_full_startEndsNamingTheDirectory() throws Exception {
    assertRefuses(stack.folder("full-at-first").resolve("data"));

    Path used = Files.createDirectories(stack.folder("full-later").resolve("data"));
    Files.writeString(used.resolve("node-id"), "node-0123456789abcdef\n");
    assertRefuses(used);
    assertThat(used.resolve("inbox.db")).doesNotExist();
  }

  private void assertRefuses(Path dataDir) {
    Map<String, String> settings =
        Map.of(
            "NODE_ENV",
            "development",
            "KAFKA_BROKER",
            "localhost:1",
            "REALTIME_PORT",
            "0",
            "DATA_DIR",
            dataDir.toString());
    try (Command serve = Cli.startOnFullDisk(stack.folder("full-disk"), settings, "serve")) {
      assertThat(serve.awaitEnd()).isEqualTo(1);
      List<String> said = serve.lines();
      assertThat(said.getLast())
          .startsWith("DATA_DIR: " + dataDir + " cannot be used: ")
          .contains("free space");
      assertThat(said).noneMatch(line -> line.startsWith("\tat "));
    }
  }
}
