package io.realtime.notify.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Head;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store must do; a store's test extends it. Limits: 5 entries, 1,000 bytes a user. */
abstract class InboxContract {
  static final PartitionKey PARTITION = new PartitionKey("order.created", "id-1", 0);
  static final InboxLimits LIMITS =
      new InboxLimits(
          5,
          100_000,
          Duration.ofDays(7),
          Duration.ofMinutes(3),
          1_000,
          10_000_000,
          4,
          Duration.ofDays(1));

  final FakeClock clock = new FakeClock();
  private long offset;

  /** The store under test, with {@link #LIMITS} and {@link #clock}. */
  abstract Inbox inbox();

  /** The same store. */
  abstract Watermarks watermarks();

  static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  static NewEntry entry(String userId, String eventId) {
    return new NewEntry(
        userId,
        eventId,
        "order:created",
        ("{\"id\":\"" + eventId + "\"}").getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }

  static Item item(long offset, NewEntry... entries) {
    return new Item(new Watermark(offset, 0, 0), Optional.empty(), List.of(entries));
  }

  void append(String userId, String... eventIds) {
    for (String eventId : eventIds) {
      now(inbox().append(PARTITION, List.of(item(offset++, entry(userId, eventId)))));
    }
  }

  Page read(String userId, long after, int limit) {
    return now(
        inbox().page(userId, new PageRequest(after, limit, 1 << 20, Long.MAX_VALUE, Instant.MAX)));
  }

  /** Also what was proven. */
  Page readAll(String userId) {
    return now(inbox().page(userId, new PageRequest(0, 1_000, 1 << 20, 0, Instant.MAX)));
  }

  static List<String> ids(Page page) {
    return page.entries().stream().map(Entry::eventId).toList();
  }

  @Test
  void empty_position_isTheStartOfTheUsersChain() {
    assertThat(now(inbox().position("u"))).isEqualTo(new Head(0, Chain.start("u")));
    assertThat(read("u", 0, 10))
        .isEqualTo(new Page(List.of(), new Head(0, Chain.start("u")), true));
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
    }
    assertThat(page.head()).isEqualTo(new Head(3, chain)).isEqualTo(now(inbox().position("u")));
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

    PageRequest two = new PageRequest(0, 10, 2L * size, Long.MAX_VALUE, Instant.MAX);
    PageRequest tiny = new PageRequest(0, 10, 1, Long.MAX_VALUE, Instant.MAX);

    assertThat(ids(now(inbox().page("u", two)))).containsExactly("a", "b");
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
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v", 1L),
            org.assertj.core.groups.Tuple.tuple("u", 2L));
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
    assertThat(ids(read("u", 0, 10))).containsExactly("a", "b");
  }

  @Test
  void anotherTopicIdOrPartition_appended_hasItsOwnWatermark() {
    now(inbox().append(PARTITION, List.of(item(5, entry("u", "a")))));
    now(
        inbox()
            .append(
                new PartitionKey("order.created", "id-2", 0), List.of(item(0, entry("u", "b")))));
    now(
        inbox()
            .append(
                new PartitionKey("order.created", "id-1", 1), List.of(item(0, entry("u", "c")))));

    assertThat(ids(read("u", 0, 10))).containsExactly("a", "b", "c");
  }

  @Test
  void offsetsStartedOver_appended_countByGeneration() {
    now(inbox().append(PARTITION, List.of(item(5, entry("u", "a")))));
    Item again = new Item(new Watermark(0, 0, 1), Optional.empty(), List.of(entry("u", "b")));
    Item old = new Item(new Watermark(6, 0, 0), Optional.empty(), List.of(entry("u", "x")));

    now(inbox().append(PARTITION, List.of(again, old)));

    assertThat(ids(read("u", 0, 10))).containsExactly("a", "b");
    assertThat(now(watermarks().all())).containsEntry(PARTITION, new Watermark(0, 0, 1));
  }

  private List<Outcome> appendOnce(String key) {
    Item item = new Item(new Watermark(offset++, 0, 0), Optional.of(key), List.of(entry("u", key)));
    return now(inbox().append(PARTITION, List.of(item)));
  }

  @Test
  void onceKeySeen_appendedAgain_storesNothingButAdvancesTheWatermark() {
    appendOnce("k");

    assertThat(appendOnce("k")).containsExactly(new Outcome.Duplicate());
    assertThat(ids(read("u", 0, 10))).containsExactly("k");
    assertThat(now(watermarks().all())).containsEntry(PARTITION, new Watermark(1, 0, 0));
  }

  @Test
  void onceKey_afterItsTime_countsAgain() {
    appendOnce("k");
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(appendOnce("k")).containsExactly(new Outcome.Duplicate());
    clock.advance(Duration.ofMillis(1));

    assertThat(appendOnce("k").getFirst()).isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void onceKeys_atBound_areKnownAndPastIt_theOldestIsForgotten() {
    List.of("a", "b", "c", "d").forEach(this::appendOnce);
    assertThat(appendOnce("a")).containsExactly(new Outcome.Duplicate());
    appendOnce("e");

    assertThat(appendOnce("b")).containsExactly(new Outcome.Duplicate());
    assertThat(appendOnce("a").getFirst()).isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void exactEntries_proven_leaveTheRest() {
    append("u", "a", "b", "c");

    now(inbox().markProven("u", List.of(2L, 99L), false));

    assertThat(ids(readAll("u"))).containsExactly("a", "c");
    assertThat(now(inbox().position("u")).seq()).isEqualTo(3);
  }

  @Test
  void provenForOtherDevices_read_isOwedOnlyToWhoWasThereOrReadsBeyondItsBacklog() {
    append("u", "a", "b");
    Instant before = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    now(inbox().markProven("u", List.of(1L), true));
    clock.advance(Duration.ofSeconds(1));

    PageRequest wasThere = new PageRequest(0, 10, 1 << 20, 2, before);
    PageRequest cameLater = new PageRequest(0, 10, 1 << 20, 2, clock.instant());
    PageRequest beyond = new PageRequest(0, 10, 1 << 20, 0, clock.instant());

    assertThat(ids(now(inbox().page("u", wasThere)))).containsExactly("a", "b");
    assertThat(ids(now(inbox().page("u", cameLater)))).containsExactly("b");
    assertThat(ids(now(inbox().page("u", beyond)))).containsExactly("a", "b");
  }

  @Test
  void proven_after180Seconds_isPurged() {
    append("u", "a");
    now(inbox().markProven("u", List.of(1L), true));
    clock.advance(Duration.ofMinutes(3).minusMillis(1));
    assertThat(now(inbox().purge()).proven()).isZero();
    clock.advance(Duration.ofMillis(1));

    assertThat(now(inbox().purge()).proven()).isEqualTo(1);
    assertThat(ids(readAll("u"))).isEmpty();
  }

  @Test
  void unprovenEntries_atBound_stayAndPastIt_theOldestIsEvicted() {
    append("u", "a", "b", "c", "d", "e");
    assertThat(ids(read("u", 0, 10))).hasSize(5);

    List<Outcome> outcomes =
        now(inbox().append(PARTITION, List.of(item(offset++, entry("u", "f")))));

    assertThat(((Outcome.Stored) outcomes.getFirst()).evicted()).isEqualTo(1);
    assertThat(ids(read("u", 0, 10))).containsExactly("b", "c", "d", "e", "f");
  }

  @Test
  void provenEntries_atTheirOwnBound_doNotEvictUnprovenOnes() {
    append("u", "a", "b", "c", "d", "e");
    now(inbox().markProven("u", List.of(1L, 2L, 3L), true));
    append("u", "f", "g", "h");
    assertThat(ids(readAll("u"))).hasSize(8);

    now(inbox().markProven("u", List.of(4L, 5L, 6L), true));

    assertThat(ids(readAll("u"))).containsExactly("b", "c", "d", "e", "f", "g", "h");
  }

  @Test
  void unproven_afterSevenDays_expires() {
    append("u", "a");
    clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(now(inbox().purge()).expired()).isZero();
    clock.advance(Duration.ofMillis(1));

    assertThat(now(inbox().purge()).expired()).isEqualTo(1);
    assertThat(ids(readAll("u"))).isEmpty();
  }

  @Test
  void forgottenUser_comesBack_withHigherSeqAndAnotherChain() {
    append("u", "a", "b");
    Head before = now(inbox().position("u"));
    clock.advance(Duration.ofDays(7));
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
    assertThat(ids(read("u", 0, 10))).containsExactly("a");
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
      org.awaitility.Awaitility.await().until(() -> !thread.isAlive());
    }

    List<Entry> kept = read("u", 0, 10).entries();
    assertThat(now(inbox().position("u")).seq()).isEqualTo(800);
    assertThat(kept).extracting(Entry::seq).containsExactly(796L, 797L, 798L, 799L, 800L);
    for (int i = 1; i < kept.size(); i++) {
      assertThat(kept.get(i).chainBefore()).isEqualTo(kept.get(i - 1).chain());
    }
  }
}
