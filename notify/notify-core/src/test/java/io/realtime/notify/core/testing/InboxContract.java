package io.realtime.notify.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store must do with records, entries, bounds and times; a store's test extends it. */
public abstract class InboxContract extends InboxFixture {

  @Test
  void empty_position_isTheStartOfTheUsersChain() {
    Position start = new Position(0, Chain.start("u"));
    assertThat(now(inbox().position("u"))).isEqualTo(start);
    assertThat(read("u", 0, 10)).isEqualTo(new Page(List.of(), List.of(), start, true));
  }

  @Test
  void entries_appended_areReadInOrderAndChained() {
    append("u", "a", "b");
    append("other", "x");
    append("u", "c");

    Page page = read("u", 0, 10);

    assertThat(ids(page)).containsExactly("a", "b", "c");
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
    long chain = Chain.start("u");
    for (Entry entry : page.entries()) {
      assertThat(entry.chainBefore()).isEqualTo(chain);
      chain = Chain.next(chain, entry.eventId());
      assertThat(entry.chain()).isEqualTo(chain);
      assertThat(entry.event()).isEqualTo("order:created");
      assertThat(entry.payload()).isEqualTo(entry("u", entry.eventId()).payload());
      assertThat(entry.acceptedAt()).isEqualTo(Instant.EPOCH);
    }
    assertThat(page.head()).isEqualTo(new Position(3, chain)).isEqualTo(now(inbox().position("u")));
  }

  @Test
  void oddTexts_appended_comeBackAsTheyWere() {
    String user = "\u0000a'\";--\n\uD83D\uDE00 \u200b";
    append(user, "e'\u0000x", "\uD83D\uDE00");

    assertThat(stored(user)).containsExactly("e'\u0000x", "\uD83D\uDE00");
    assertThat(stored("\u0000a")).isEmpty();
  }

  @Test
  void page_ofLimit_saysWhetherMoreFollows() {
    append("u", "a", "b", "c");

    assertThat(read("u", 0, 2).complete()).isFalse();
    assertThat(ids(read("u", 0, 2))).containsExactly("a", "b");
    assertThat(ids(read("u", 2, 2))).containsExactly("c");
    assertThat(read("u", 0, 3).complete()).isTrue();
  }

  @Test
  void page_ofBytes_endsBeforeTheBoundButHoldsOneEntry() {
    append("u", "a", "b", "c");
    int size = entry("u", "a").payload().length;

    PageRequest two = new PageRequest(0, 10, 2L * size, Backlog.everything());
    PageRequest tiny = new PageRequest(0, 10, 1, Backlog.everything());

    assertThat(ids(now(inbox().page("u", two)))).containsExactly("a", "b");
    assertThat(now(inbox().page("u", two)).complete()).isFalse();
    assertThat(ids(now(inbox().page("u", tiny)))).containsExactly("a");
  }

  @Test
  void batch_appended_storesAllAndAdvancesTheWatermarkToTheLast() {
    List<Outcome> outcomes =
        now(
            inbox()
                .append(
                    PARTITION,
                    List.of(
                        item(3, entry("u", "a")),
                        item(4),
                        item(9, entry("v", "b"), entry("u", "c")))));

    assertThat(outcomes).hasSize(3).allMatch(Outcome.Stored.class::isInstance);
    assertThat(((Outcome.Stored) outcomes.get(2)).entries())
        .extracting(Entry::userId, Entry::seq)
        .containsExactly(tuple("v", 1L), tuple("u", 2L));
    assertThat(now(watermarks().all())).isEqualTo(Map.of(PARTITION, new Watermark(9, 0, 0)));
  }

  @Test
  void recordAtOrBelowWatermark_appended_isADuplicate() {
    now(inbox().append(PARTITION, List.of(item(5, entry("u", "a")))));

    List<Outcome> outcomes =
        now(
            inbox()
                .append(
                    PARTITION,
                    List.of(
                        item(4, entry("u", "x")),
                        item(5, entry("u", "a")),
                        item(6, entry("u", "b")))));

    assertThat(outcomes.subList(0, 2)).containsOnly(new Outcome.Duplicate());
    assertThat(stored("u")).containsExactly("a", "b");
  }

  @Test
  void anotherTopicIdOrPartition_appended_hasItsOwnWatermark() {
    now(inbox().append(PARTITION, List.of(item(5, entry("u", "a")))));
    PartitionKey recreated = new PartitionKey("order.created", "id-2", 0);
    PartitionKey next = new PartitionKey("order.created", "id-1", 1);
    now(inbox().append(recreated, List.of(item(0, entry("u", "b")))));
    now(inbox().append(next, List.of(item(0, entry("u", "c")))));

    assertThat(stored("u")).containsExactly("a", "b", "c");
    assertThat(now(watermarks().all())).containsOnlyKeys(PARTITION, recreated, next);
  }

  @Test
  void offsetsStartedOver_appended_countByGeneration() {
    now(inbox().append(PARTITION, List.of(item(5, entry("u", "a")))));
    Item again = new Item(new Watermark(0, 0, 1), Optional.empty(), List.of(entry("u", "b")));
    Item old = new Item(new Watermark(6, 0, 0), Optional.empty(), List.of(entry("u", "x")));

    now(inbox().append(PARTITION, List.of(again, old)));

    assertThat(stored("u")).containsExactly("a", "b");
    assertThat(now(watermarks().all())).containsEntry(PARTITION, new Watermark(0, 0, 1));
  }

  @Test
  void restarted_anything_isStillThere() {
    append("u", "a", "b");
    appendOnce("k");
    Position head = now(inbox().position("u"));
    now(watermarks().initialise(Instant.EPOCH, Map.of()));

    restart();

    assertThat(stored("u")).containsExactly("a", "b", "k");
    assertThat(now(inbox().position("u"))).isEqualTo(head);
    assertThat(now(watermarks().firstStart())).contains(Instant.EPOCH);
    assertThat(appendOnce("k")).isEqualTo(new Outcome.Duplicate());
    append("u", "c");
    assertThat(now(inbox().position("u")))
        .isEqualTo(new Position(4, Chain.next(head.chain(), "c")));
  }

  @Test
  void onceKeySeen_appendedAgain_storesNothingButAdvancesTheWatermark() {
    appendOnce("k");

    assertThat(appendOnce("k")).isEqualTo(new Outcome.Duplicate());
    assertThat(stored("u")).containsExactly("k");
    assertThat(now(watermarks().all())).containsEntry(PARTITION, new Watermark(1, 0, 0));
  }

  @Test
  void onceKey_afterItsTime_countsAgain() {
    appendOnce("k");
    pass(Duration.ofDays(1).minusMillis(1));
    assertThat(appendOnce("k")).isEqualTo(new Outcome.Duplicate());
    pass(Duration.ofMillis(1));

    assertThat(appendOnce("k")).isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void onceKeys_atBound_areKnownAndPastIt_theOldestIsForgotten() {
    List.of("a", "b", "c", "d").forEach(this::appendOnce);
    assertThat(appendOnce("a")).isEqualTo(new Outcome.Duplicate());
    appendOnce("e");

    assertThat(appendOnce("b")).isEqualTo(new Outcome.Duplicate());
    assertThat(appendOnce("a")).isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void unprovenEntries_atBound_stayAndPastIt_theOldestIsEvicted() {
    append("u", "a", "b", "c", "d", "e");
    assertThat(stored("u")).hasSize(5);
    assertThat(evicted).isEmpty();

    append("u", "f");

    assertThat(stored("u")).containsExactly("b", "c", "d", "e", "f");
    await().untilAsserted(() -> assertThat(evicted).containsExactly("u CAP 1"));
  }

  @Test
  void unproven_afterSevenDays_expires() {
    append("u", "a");
    pass(Duration.ofDays(7).minusMillis(1));
    assertThat(now(inbox().purge()).expired()).isZero();
    pass(Duration.ofMillis(1));

    assertThat(now(inbox().purge()).expired()).isEqualTo(1);
    assertThat(stored("u")).isEmpty();
    await().untilAsserted(() -> assertThat(evicted).containsExactly("u TTL 1"));
  }

  @Test
  void head_outlivesTheEntriesBySevenDays_thenANewLifeHasHigherSeqAndAnotherChain() {
    append("u", "a", "b");
    prove("u", "p", 1L, 2L);
    Position before = now(inbox().position("u"));
    pass(Duration.ofDays(14).minusMillis(1));
    now(inbox().purge());
    assertThat(now(inbox().position("u"))).isEqualTo(before);
    pass(Duration.ofHours(1).plusMillis(1));
    assertThat(now(inbox().purge()).users()).isEqualTo(1);

    append("u", "c");

    assertThat(read("u", 0, 10).entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.seq()).isGreaterThan(before.seq());
              assertThat(entry.chainBefore()).isNotEqualTo(before.chain());
            });
  }

  @Test
  void emptyUsers_atBound_stayAndPastIt_theLongestUnusedAreForgotten() {
    for (int i = 0; i < 20; i++) {
      connect("u" + i, "p" + i);
      prove("u" + i, "p" + i, 1L);
      lose("u" + i, "p" + i);
      pass(Duration.ofHours(2));
    }
    append("u0", "a");
    assertThat(now(inbox().purge()).users()).isZero();
    append("u20", "a");

    assertThat(now(inbox().purge()).users()).isEqualTo(1);
    assertThat(stored("u0")).containsExactly("a");
    assertThat(stored("u20")).containsExactly("a");
  }

  @Test
  void firstStart_initialised_isKeptWithTheStarts() {
    assertThat(now(watermarks().firstStart())).isEmpty();

    now(watermarks().initialise(Instant.EPOCH, Map.of(PARTITION, new Watermark(41, -1, 0))));

    assertThat(now(watermarks().firstStart())).contains(Instant.EPOCH);
    assertThat(
            now(
                inbox()
                    .append(
                        PARTITION, List.of(item(41, entry("u", "x")), item(42, entry("u", "a"))))))
        .first()
        .isEqualTo(new Outcome.Duplicate());
    assertThat(stored("u")).containsExactly("a");
  }

  @Test
  void watermark_set_replacesWhatWasThere() {
    now(inbox().append(PARTITION, List.of(item(9, entry("u", "a")))));

    now(watermarks().set(PARTITION, new Watermark(2, 3, 0)));

    assertThat(now(watermarks().all())).containsEntry(PARTITION, new Watermark(2, 3, 0));
    assertThat(now(inbox().append(PARTITION, List.of(item(3, entry("u", "b"))))).getFirst())
        .isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void probe_ofAStoreThatWorks_changesNothing() {
    append("u", "a");
    Page before = read("u", 0, 10);

    now(inbox().probe());

    assertThat(read("u", 0, 10).head()).isEqualTo(before.head());
    assertThat(stored("u")).containsExactly("a");
  }

  @Test
  void threadsOfManyPartitions_appendForOneUser_makeOneUnbrokenChain() {
    List<Thread> threads = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      PartitionKey key = new PartitionKey("order.created", "id", partition);
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      IntStream.range(0, 200)
                          .forEach(
                              i ->
                                  now(
                                      inbox()
                                          .append(
                                              key,
                                              List.of(
                                                  item(
                                                      i,
                                                      entry("u", key.partition() + "-" + i))))))));
    }
    for (Thread thread : threads) {
      await().until(() -> !thread.isAlive());
    }

    List<Entry> kept = read("u", 0, 10).entries();
    assertThat(now(inbox().position("u")).seq()).isEqualTo(800);
    assertThat(kept).extracting(Entry::seq).containsExactly(796L, 797L, 798L, 799L, 800L);
    for (int i = 1; i < kept.size(); i++) {
      assertThat(kept.get(i).chainBefore()).isEqualTo(kept.get(i - 1).chain());
    }
  }
}
