package io.realtime.notify.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.Step;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Welcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with what it removed unproven; a store's test extends it. */
public abstract class GapContract extends InboxFixture {

  @Test
  void evicted_offline_isToldToTheNextConnectionAndOnlyOnce() {
    append("u", "a", "b", "c", "d", "e", "f", "g");

    Welcome.Fresh welcome = connect("u", "p");

    assertThat(welcome.start().seq()).isEqualTo(2);
    assertThat(welcome.gaps())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.reason()).isEqualTo(Gap.Reason.CAP);
              assertThat(gap.evicted()).isEqualTo(2);
              assertThat(gap.untilSeq()).isEqualTo(2);
            });
    assertThat(owed("u", welcome).gaps()).as("not twice").isEmpty();
    assertThat(connect("u", "q").gaps()).as("not proven yet").hasSize(1);
    tellGaps("u", "p", welcome.gaps());
    tellGaps("u", "q", welcome.gaps());

    assertThat(connect("u", "r").gaps()).isEmpty();
  }

  @Test
  void evicted_afterTheTelling_isToldAgainWithWhatIsNewOnly() {
    append("u", "a", "b", "c", "d", "e", "f");
    List<Gap> told = connect("u", "p").gaps();
    append("u", "g", "h");
    tellGaps("u", "p", told);
    tellGaps("u", "p", told);

    assertThat(connect("u", "q").gaps())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.evicted()).isEqualTo(2);
              assertThat(gap.untilSeq()).isEqualTo(3);
            });
    restart();
    assertThat(connect("u", "r").gaps()).hasSize(1);
  }

  @Test
  void evictedAheadOfTheCursor_isToldByThePageBeforeWhatFollows() {
    append("u", "a", "b", "c", "d", "e");
    Page first = read("u", 0, 1);
    append("u", "f", "g", "h");

    Page next = read("u", first.entries().getLast().seq(), 2);

    assertThat(next.steps())
        .hasSize(3)
        .satisfies(
            steps -> {
              assertThat(steps.getFirst())
                  .isInstanceOfSatisfying(
                      Step.OfGap.class, step -> assertThat(step.gap().untilSeq()).isEqualTo(3));
              assertThat(steps.get(1)).isInstanceOf(Step.OfEntry.class);
            });
    assertThat(read("u", 3, 10).gaps()).isEmpty();
  }

  @Test
  void gap_beforeWhatFollowsOrAtTheEnd_hasThePositionThatChains() {
    append("u", "a", "b", "c", "d", "e", "f", "g");
    Position before = told(read("u", 0, 10).steps());
    assertThat(before.seq()).isEqualTo(2);
    assertThat(comeBackWith(before).chained()).isTrue();
    assertThat(stored("u")).containsExactly("c", "d", "e", "f", "g");

    pass(Duration.ofDays(7));
    now(inbox().purge());
    Position atTheEnd = told(read("u", 2, 10).steps());
    assertThat(atTheEnd).isEqualTo(now(inbox().position("u")));
    assertThat(comeBackWith(atTheEnd).chained()).isTrue();
  }

  private Welcome.Fresh comeBackWith(Position position) {
    return (Welcome.Fresh) comeBack("u", "fresh-" + position.seq(), "unknown", position);
  }

  /** The position of the last gap. */
  private static Position told(List<Step> steps) {
    return steps.stream()
        .filter(Step.OfGap.class::isInstance)
        .map(step -> ((Step.OfGap) step).told())
        .reduce((first, second) -> second)
        .orElseThrow()
        .orElseThrow();
  }

  @Test
  void gapBehindAProvenEntry_onAnIncompletePage_waitsForItsPlace() {
    connect("u", "p");
    connect("u", "q");
    append("u", "a", "b", "c", "d", "e");
    prove("u", "p", 1L);
    append("u", "f", "g", "h");

    Page first = read("u", 0, 1);
    Page second = read("u", 1, 1);

    assertThat(ids(first)).containsExactly("a");
    assertThat(first.gaps()).isEmpty();
    assertThat(ids(second)).containsExactly("d");
    assertThat(second.gaps()).hasSize(1);
  }

  @Test
  void expired_isToldWithItsOwnReason() {
    append("u", "a", "b", "c", "d", "e", "f");
    pass(Duration.ofDays(7));
    now(inbox().purge());

    Welcome.Fresh welcome = connect("u", "p");

    assertThat(welcome.start()).isEqualTo(welcome.head());
    assertThat(welcome.gaps())
        .extracting(Gap::reason)
        .containsExactlyInAnyOrder(Gap.Reason.CAP, Gap.Reason.TTL);
    await().untilAsserted(() -> assertThat(evicted).containsExactly("u CAP 1", "u TTL 5"));
  }

  @Test
  void gap_ofAUserWhoIsAwayForWeeks_isStillTold() {
    append("u", "a");
    pass(Duration.ofDays(7));
    now(inbox().purge());
    pass(Duration.ofDays(14));

    assertThat(now(inbox().purge()).users()).isZero();
    assertThat(connect("u", "p").gaps()).hasSize(1);
  }
}
