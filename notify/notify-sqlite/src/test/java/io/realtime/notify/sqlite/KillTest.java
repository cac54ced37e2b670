package io.realtime.notify.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of appends, again and again, on the same file. */
class KillTest {
  static final InboxLimits LIMITS =
      InboxLimits.defaults()
          .with(new InboxLimits.OfUser(10_000_000, 1L << 40, 1_000, 1L << 20, 32, 100));
  private static final long SEED = 20_261_126;
  private static final int ROUNDS = 5;

  @TempDir Path folder = Path.of("");
  private final Map<Integer, Long> acknowledged = new HashMap<>();

  @Test
  void killedInTheMiddleOfAppends_everythingAcknowledgedIsThereAndAgrees() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      long before = total();
      appendAndKill(100 + random.nextInt(1_500));
      assertThat(total()).as("round %d", round).isGreaterThan(before);
      check(round);
    }
  }

  private long total() {
    return acknowledged.values().stream().mapToLong(offset -> offset + 1).sum();
  }

  /** Kills it after that many acknowledgements; what it said until it was dead counts. */
  private void appendAndKill(int lines) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      int seen = 0;
      String line = output.readLine();
      while (line != null) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[1].matches("\\d+")) {
          acknowledged.merge(Integer.valueOf(words[0]), Long.valueOf(words[1]), Math::max);
        }
        seen++;
        if (seen == lines) {
          process.toHandle().destroyForcibly();
        }
        line = output.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void check(int round) {
    try (SqliteStore store =
        Stores.open(folder, LIMITS, InstantSource.system(), EvictionLog.none())) {
      Map<PartitionKey, Watermark> marks = store.all().toCompletableFuture().join();
      Map<Integer, List<Long>> stored = new HashMap<>();
      for (int user = 0; user < KilledWriter.USERS; user++) {
        for (Entry entry : entries(store, "user" + user)) {
          String[] id = entry.eventId().split(":", -1);
          stored
              .computeIfAbsent(Integer.valueOf(id[0]), p -> new ArrayList<>())
              .add(Long.valueOf(id[1]));
        }
      }
      for (int p = 0; p < KilledWriter.PARTITIONS; p++) {
        List<Long> offsets = stored.getOrDefault(p, List.of()).stream().sorted().toList();
        Watermark mark = marks.get(KilledWriter.partition(p));
        long watermark = mark == null ? -1 : mark.offset();
        assertThat(watermark)
            .as("round %d, partition %d: nothing acknowledged is lost", round, p)
            .isGreaterThanOrEqualTo(acknowledged.getOrDefault(p, -1L));
        assertThat(offsets)
            .as("round %d, partition %d: entries and watermark agree", round, p)
            .isEqualTo(java.util.stream.LongStream.rangeClosed(0, watermark).boxed().toList());
      }
    }
  }

  private static List<Entry> entries(SqliteStore store, String user) {
    Page page =
        store
            .page(user, new PageRequest(0, 10_000_000, 1L << 40, Backlog.everything()))
            .toCompletableFuture()
            .join();
    long chain = Chain.start(user);
    long seq = 0;
    for (Entry entry : page.entries()) {
      seq++;
      assertThat(entry.seq()).isEqualTo(seq);
      assertThat(entry.chainBefore()).isEqualTo(chain);
      chain = Chain.next(chain, entry.eventId());
      assertThat(entry.chain()).isEqualTo(chain);
    }
    assertThat(page.head().seq()).isEqualTo(seq);
    assertThat(page.head().chain()).isEqualTo(chain);
    return page.entries();
  }
}
