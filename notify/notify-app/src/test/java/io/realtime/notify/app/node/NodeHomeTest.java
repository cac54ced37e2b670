package io.realtime.notify.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHomeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void directory_new_getsAnIdThatStays() {
    Path directory = folder.resolve("a").resolve("b");
    String first;
    try (NodeHome home = NodeHome.open(directory)) {
      first = home.nodeId();
    }
    try (NodeHome home = NodeHome.open(directory)) {
      assertThat(home.nodeId()).isEqualTo(first).matches("node-[0-9a-f]{16}");
    }
  }

  @Test
  void directory_inUse_isRefusedAndFreeAfterwards() {
    NodeHome home = NodeHome.open(folder);

    assertThatThrownBy(() -> NodeHome.open(folder))
        .isInstanceOf(NodeHomeException.class)
        .hasMessageContaining("is in use by another process");
    home.close();
    NodeHome.open(folder).close();
  }

  @Test
  void idFile_damaged_isRefusedWithoutKeepingTheLock() throws Exception {
    Files.writeString(folder.resolve("node-id"), "\u0000");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> NodeHome.open(folder))
          .isInstanceOf(NodeHomeException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void directory_isAFile_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> NodeHome.open(file))
        .isInstanceOf(NodeHomeException.class)
        .hasMessageContaining("cannot be used");
  }
}
