package io.realtime.notify.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do with sessions, proof and gaps; a store's test extends it. */
public abstract class SessionContract extends InboxFixture {
  private static final Duration VALID = Duration.ofMinutes(3);

  @Test
  void firstConnect_withoutEvents_startsBeforeTheFirst() {
    Welcome.Fresh welcome = connect("u", "p");

    assertThat(welcome.pid()).isEqualTo("p");
    assertThat(welcome.start()).isEqualTo(new Position(0, Chain.start("u")));
    assertThat(welcome.head()).isEqualTo(welcome.start());
    assertThat(welcome.gaps()).isEmpty();
    assertThat(welcome.chained()).isFalse();
  }

  @Test
  void connect_withUnproven_startsJustBeforeTheFirstOfThem() {
    append("u", "a", "b", "c");
    connect("u", "p");
    prove("u", "p", 1L);
    Position first = at("u", 2);

    Welcome.Fresh welcome = connect("u", "q");

    assertThat(welcome.start().seq()).isEqualTo(1);
    assertThat(Chain.next(welcome.start().chain(), "b")).isEqualTo(first.chain());
    assertThat(ids(owed("u", welcome))).containsExactly("b", "c");
  }

  @Test
  void owed_decidedOnce_holdsWhatOthersProveLaterAndNotWhatWasProvenBefore() {
    connect("u", "p");
    append("u", "a", "b", "c");
    connect("u", "third");
    prove("u", "p", 1L);
    Welcome.Fresh welcome = connect("u", "q");
    prove("u", "p", 2L);
    append("u", "d");
    prove("u", "p", 4L);

    assertThat(stored("u")).containsExactly("a", "b", "c", "d");
    assertThat(ids(owed("u", welcome))).containsExactly("b", "c", "d");
  }

  @Test
  void proven_byTheOnlyDevice_goesAtOnce() {
    connect("u", "p");
    append("u", "a", "b", "c");

    prove("u", "p", 2L, 99L);

    assertThat(stored("u")).containsExactly("a", "c");
    assertThat(now(inbox().position("u")).seq()).isEqualTo(3);
  }

  @Test
  void proven_whileAnotherPidIsValid_staysFor180Seconds() {
    connect("u", "p");
    connect("u", "q");
    append("u", "a");
    prove("u", "p", 1L);
    prove("u", "q", 1L);
    pass(VALID.minusMillis(1));
    assertThat(now(inbox().purge()).proven()).isZero();
    assertThat(stored("u")).containsExactly("a");
    pass(Duration.ofMillis(1));

    assertThat(now(inbox().purge()).proven()).isEqualTo(1);
    assertThat(stored("u")).isEmpty();
    assertThat(evicted).isEmpty();
  }

  @Test
  void proven_whenTheOtherPidEnds_goesWithThePurge() {
    connect("u", "p");
    connect("u", "q");
    append("u", "a", "b");
    prove("u", "p", 1L);
    now(inbox().leave("u", "q", new Departure.Goodbye()));

    assertThat(now(inbox().purge()).proven()).isEqualTo(1);
    prove("u", "p", 2L);

    assertThat(stored("u")).isEmpty();
  }

  @Test
  void proven_byAConnectionWithoutPid_staysForAnyValidPid() {
    connect("u", "p");
    append("u", "a");

    now(
        inbox()
            .markProven(
                "u",
                new io.realtime.notify.core.inbox.Proof(Optional.empty(), List.of(1L), List.of())));

    assertThat(stored("u")).containsExactly("a");
    assertThat(ids(owed("u", connect("u", "q")))).isEmpty();
  }

  @Test
  void provenEntries_atTheirOwnBound_stayAndPastItTheOldestGoWithoutAGap() {
    connect("u", "p");
    connect("u", "q");
    append("u", "a", "b", "c", "d", "e");
    prove("u", "p", 1L, 2L, 3L, 4L);
    append("u", "f", "g", "h", "i");
    assertThat(stored("u")).hasSize(9);

    prove("u", "p", 5L);

    assertThat(stored("u")).containsExactly("b", "c", "d", "e", "f", "g", "h", "i");
    assertThat(connect("u", "r").gaps()).isEmpty();
    assertThat(evicted).isEmpty();
  }

  @Test
  void lostPid_within180SecondsOfTheLastPong_isRecoveredWithWhatItMissed() {
    connect("u", "p");
    append("u", "a", "b");
    Position position = at("u", 2);
    now(inbox().remember("u", "p", new SessionNote(true, List.of("orders:u"))));
    lose("u", "p");
    append("u", "c", "d");
    pass(VALID.minusMillis(1));

    Welcome welcome = comeBack("u", "fresh", "p", position);

    assertThat(welcome)
        .isInstanceOfSatisfying(
            Welcome.Recovered.class,
            recovered -> {
              assertThat(recovered.pid()).isEqualTo("p");
              assertThat(recovered.missed()).extracting(Entry::eventId).containsExactly("c", "d");
              assertThat(recovered.head().seq()).isEqualTo(4);
              assertThat(recovered.note().rooms()).containsExactly("orders:u");
            });
    assertThat(stored("u")).as("its position proves").containsExactly("c", "d");
  }

  @Test
  void lostPid_after180Seconds_isNotRecoveredButOwedEverythingBehindItsPosition() {
    connect("u", "p");
    append("u", "a", "b");
    Position position = at("u", 1);
    lose("u", "p");
    pass(VALID);

    Welcome welcome = comeBack("u", "fresh", "p", position);

    assertThat(welcome)
        .isInstanceOfSatisfying(
            Welcome.Fresh.class,
            fresh -> {
              assertThat(fresh.pid()).isEqualTo("fresh");
              assertThat(fresh.chained()).isTrue();
              assertThat(fresh.start()).isEqualTo(position);
              assertThat(ids(owed("u", fresh))).containsExactly("b");
            });
    assertThat(stored("u")).containsExactly("b");
  }

  @Test
  void missed_atBound_isRecoveredAndPastItIsNot() {
    connect("u", "p");
    connect("u", "q");
    Position start = now(inbox().position("u"));
    append("u", "a", "b", "c");
    assertThat(comeBack("u", "f1", "p", start)).isInstanceOf(Welcome.Recovered.class);
    append("u", "d");

    assertThat(comeBack("u", "f2", "q", start)).isInstanceOf(Welcome.Fresh.class);
  }

  @Test
  void aHoleBehindThePosition_isNotRecoveredAndWhatIsStoredIsOwed() {
    connect("u", "p");
    append("u", "a", "b", "c");
    Position position = at("u", 1);
    now(inbox().leave("u", "p", new Departure.Lost(clock.instant())));
    connect("u", "q");
    lose("u", "p");
    now(inbox().leave("u", "p", new Departure.Goodbye()));
    prove("u", "q", 3L);
    append("u", "d");
    connect("u", "r");

    Welcome welcome = comeBack("u", "fresh", "r", position);

    assertThat(welcome).isInstanceOf(Welcome.Fresh.class);
    assertThat(ids(owed("u", (Welcome.Fresh) welcome))).containsExactly("b", "d");
  }

  @Test
  void provenByAnotherDevice_behindThePositionOfThisOne_isOwedToIt() {
    connect("u", "laptop");
    connect("u", "phone");
    append("u", "a", "b", "c");
    Position phone = at("u", 1);
    prove("u", "laptop", 1L, 2L, 3L);

    Welcome welcome =
        now(
            inbox()
                .connect(
                    new Arrival("u", "phone2", Optional.of("phone"), Optional.of(phone), false)));

    assertThat(ids(owed("u", (Welcome.Fresh) welcome))).containsExactly("b", "c");
    assertThat(ids(owed("u", connect("u", "tablet")))).isEmpty();
  }

  @Test
  void position_ofAnotherHistory_isNotBelievedAndProvesNothing() {
    connect("u", "p");
    append("u", "a", "b");
    Position head = now(inbox().position("u"));

    for (Position wrong :
        List.of(
            new Position(1, 7),
            new Position(head.seq(), 7),
            new Position(99, head.chain()),
            new Position(0, Chain.start("other")))) {
      Welcome welcome = comeBack("u", "fresh" + wrong.chain() + wrong.seq(), "p", wrong);
      assertThat(welcome).isInstanceOf(Welcome.Fresh.class);
      assertThat(((Welcome.Fresh) welcome).chained()).isFalse();
      assertThat(ids(owed("u", (Welcome.Fresh) welcome))).containsExactly("a", "b");
    }
  }

  @Test
  void position_beforeAnEntryThatIsStored_chainsAlthoughItsOwnIsGone() {
    connect("u", "p");
    append("u", "a", "b");
    Position first = at("u", 1);
    prove("u", "p", 1L);

    assertThat(comeBack("u", "fresh", "p", first)).isInstanceOf(Welcome.Recovered.class);
  }

  @Test
  void position_ofTheHead_chainsWhenNothingIsStored() {
    connect("u", "p");
    append("u", "a");
    Position head = now(inbox().position("u"));
    prove("u", "p", 1L);

    assertThat(comeBack("u", "fresh", "p", head)).isInstanceOf(Welcome.Recovered.class);
  }

  @Test
  void position_withoutPid_provesAndIsOwedTheRest() {
    append("u", "a", "b");
    Position first = at("u", 1);

    Welcome welcome =
        now(inbox().connect(new Arrival("u", "java", Optional.empty(), Optional.of(first), false)));

    assertThat(ids(owed("u", (Welcome.Fresh) welcome))).containsExactly("b");
    assertThat(stored("u")).containsExactly("b");
  }

  @Test
  void pid_ofAnotherUserOrUnknownOrOfANoteThatForbids_isNotRecovered() {
    connect("u", "p");
    connect("v", "q");
    Position start = now(inbox().position("u"));
    assertThat(comeBack("u", "f1", "q", start)).isInstanceOf(Welcome.Fresh.class);
    assertThat(comeBack("v", "f2", "q", now(inbox().position("v"))))
        .as("another user's attempt does not end it")
        .isInstanceOf(Welcome.Recovered.class);
    assertThat(comeBack("u", "f3", "unknown", start)).isInstanceOf(Welcome.Fresh.class);

    now(inbox().remember("u", "p", new SessionNote(false, List.of("inventory:updates"))));

    assertThat(comeBack("u", "f4", "p", start)).isInstanceOf(Welcome.Fresh.class);
    assertThat(comeBack("u", "f5", "p", start)).as("it gave way").isInstanceOf(Welcome.Fresh.class);
  }

  @Test
  void pid_afterGoodbye_isGone() {
    connect("u", "p");
    now(inbox().leave("u", "p", new Departure.Goodbye()));
    now(inbox().remember("u", "p", SessionNote.empty()));

    assertThat(comeBack("u", "f", "p", now(inbox().position("u"))))
        .isInstanceOf(Welcome.Fresh.class);
  }

  @Test
  void pid_withoutAnEnd_afterARestart_countsFromTheStart() {
    connect("u", "p");
    connect("u", "q");
    Position start = now(inbox().position("u"));
    pass(Duration.ofHours(5));
    assertThat(comeBack("u", "f0", "q", start)).isInstanceOf(Welcome.Recovered.class);
    restart();
    pass(VALID.minusMillis(1));
    assertThat(comeBack("u", "f1", "p", start)).isInstanceOf(Welcome.Recovered.class);
    pass(Duration.ofMillis(1));

    assertThat(comeBack("u", "f2", "q", start)).isInstanceOf(Welcome.Fresh.class);
    assertThat(comeBack("u", "f3", "p", start))
        .as("lives again since it came back")
        .isInstanceOf(Welcome.Recovered.class);
  }

  @Test
  void proven_afterARestart_staysForThePidsThatMayComeBack() {
    connect("u", "p");
    connect("u", "q");
    append("u", "a", "b");
    prove("u", "p", 1L);
    restart();
    connect("u", "r");
    prove("u", "r", 2L);
    now(inbox().purge());
    assertThat(stored("u")).containsExactly("a", "b");
    pass(VALID);

    assertThat(now(inbox().purge())).satisfies(purged -> assertThat(purged.pids()).isEqualTo(2));
    assertThat(stored("u")).isEmpty();
  }

  @Test
  void pids_atBound_areKnownAndPastIt_theOneThatEndedFirstIsForgotten() {
    Position start = connect("u", "a").start();
    connect("u", "b");
    connect("u", "c");
    lose("u", "b");
    connect("u", "d");

    assertThat(comeBack("u", "f1", "b", start)).isInstanceOf(Welcome.Fresh.class);
    assertThat(comeBack("u", "f2", "c", start)).isInstanceOf(Welcome.Recovered.class);
  }

  @Test
  void otherUsers_pagesAndProofs_areApart() {
    append("u", "a");
    append("v", "b");
    connect("v", "p");
    prove("v", "p", 1L, 2L);

    assertThat(stored("u")).containsExactly("a");
    assertThat(now(inbox().page("v", new PageRequest(0, 10, 100, Backlog.everything()))).entries())
        .isEmpty();
  }
}
