package io.realtime.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.architecture.Repository;
import io.realtime.verification.harness.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process without heap is worse than none: whoever runs it starts it again. */
class LastResortTest {
  /** What HotSpot ends with under {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  @Test
  @Timeout(60)
  void heap_usedUp_endsTheProcessAtOnce() {
    Path root = Repository.find().root();
    try (Command eater =
        Command.start(
            root,
            Map.of("ROOT", root.toString()),
            "sh",
            "-c",
            ". scripts/env.sh; exec \"$0\" $SERVER_FLAGS -Xmx16m -cp \"$1\" \"$2\"",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            root.resolve("verification/target/test-classes").toString(),
            HeapEater.class.getName())) {
      assertThat(eater.awaitEnd()).as(eater.lines().toString()).isEqualTo(OUT_OF_MEMORY);
    }
  }

  /** Would go on without heap if it could. */
  static final class HeapEater {
    private HeapEater() {}

    public static void main(String[] arguments) {
      List<byte[]> held = new ArrayList<>();
      while (true) {
        try {
          held.add(new byte[1 << 20]);
        } catch (OutOfMemoryError e) {
          System.out.println("still there with " + held.size());
        }
      }
    }
  }
}
