package io.realtime.verification.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.chaos.oracle.Device.Role;
import io.realtime.verification.chaos.oracle.Happening.Connected;
import io.realtime.verification.chaos.oracle.Happening.Disconnected;
import io.realtime.verification.chaos.oracle.Happening.GapTold;
import io.realtime.verification.chaos.oracle.Happening.Refused;
import io.realtime.verification.chaos.oracle.Happening.Seen;
import io.realtime.verification.chaos.oracle.History.Letter;
import io.realtime.verification.chaos.oracle.History.Stop;
import io.realtime.verification.chaos.oracle.Source.Kind;
import io.realtime.verification.chaos.oracle.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of broken promise, planted into a history that is fine without it. */
class OracleTest {
  private static final String LANE = "order.created:0";
  private static final Happening FIRST = new Connected(false, false, Duration.ZERO);
  private static final Happening RECOVERED = new Connected(true, true, Duration.ofSeconds(3));
  private static final Happening RESUMED = new Connected(false, true, Duration.ofSeconds(60));
  private static final Happening RESUMED_LATE = new Connected(false, true, Duration.ofMinutes(3));
  private static final Happening ANEW = new Connected(false, false, Duration.ofSeconds(3));
  private static final Happening CUT = new Disconnected();

  private final List<Source> sources = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private long committed = 4;
  private int crashes;

  OracleTest() {
    for (int offset = 0; offset < 4; offset++) {
      sources.add(source(offset, Kind.PERSONAL, "anna"));
    }
  }

  private static Source source(long offset, Kind kind, String user) {
    return new Source(LANE + ":" + offset, LANE, offset, kind, user, "digest-" + offset);
  }

  private static Happening seen(long offset) {
    return new Seen("order:created", LANE + ":" + offset, "digest-" + offset, "text-" + offset);
  }

  private void owner(String name, Happening... happenings) {
    device(name, "anna", Role.OWNER, happenings);
  }

  private void device(String name, String user, Role role, Happening... happenings) {
    devices.add(new Device(name, user, role, List.of(happenings)));
  }

  private Verdict verdict() {
    return Oracle.judge(
        new History(
            sources,
            devices,
            letters,
            accepted,
            Map.of(LANE, 4L),
            Map.of(LANE, committed),
            crashes,
            stops));
  }

  private void assertValid() {
    assertThat(verdict()).isInstanceOf(Verdict.Valid.class);
  }

  private void assertBroken(Promise promise) {
    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .extracting(Violation::promise)
                    .containsOnly(promise));
  }

  @Test
  void everything_seenInOrder_isValid() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    stops.add(new Stop(143, 900));

    assertValid();
  }

  @Test
  void unproven_seenAgainAfterReconnect_isValid() {
    owner("phone", FIRST, seen(0), seen(1), CUT, ANEW, seen(1), seen(2), seen(3));

    assertValid();
  }

  @Test
  void nothing_delivered_isUnknown() {
    sources.clear();
    devices.clear();

    assertThat(verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void loss_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(3));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void lossAtTheEnd_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void evicted_toldAsGap_isValid() {
    owner("phone", FIRST, seen(0), CUT, ANEW, new GapTold(2, "a", "b"), seen(3));

    assertValid();
  }

  @Test
  void gap_smallerThanWhatIsMissing_isFound() {
    owner("phone", FIRST, seen(0), CUT, ANEW, new GapTold(1, "a", "b"), seen(3));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void gap_toldTwice_countsOnce() {
    Happening gap = new GapTold(1, "a", "b");
    owner("phone", FIRST, seen(0), CUT, ANEW, gap, CUT, ANEW, gap, seen(3));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void gapOfAnotherUser_planted_excusesNothing() {
    owner("phone", FIRST, seen(0), seen(3));
    device("tablet", "berta", Role.OWNER, FIRST, new GapTold(2, "a", "b"));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void invention_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3), seen(9));

    assertBroken(Promise.NOTHING_INVENTED);
  }

  @Test
  void otherPayload_planted_isFound() {
    Happening changed = new Seen("order:created", LANE + ":3", "digest-x", "text-3");
    owner("phone", FIRST, seen(0), seen(1), seen(2), changed);

    assertBroken(Promise.NOTHING_INVENTED);
  }

  @Test
  void otherBytesAtRedelivery_planted_isFound() {
    Happening changed = new Seen("order:created", LANE + ":3", "digest-3", "text-x");
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3), CUT, ANEW, changed);

    assertBroken(Promise.NOTHING_INVENTED);
  }

  @Test
  void foreignDelivery_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    device("tablet", "berta", Role.OWNER, FIRST, seen(2));

    assertBroken(Promise.ISOLATION);
  }

  @Test
  void adminEventAtAUser_planted_isFound() {
    Happening admin = new Seen("admin:order:created", LANE + ":3", "digest-3", "text-3");
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3), admin);

    assertBroken(Promise.ISOLATION);
  }

  @Test
  void observersCopy_alone_isLoss() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));
    device("watch", "anna", Role.OBSERVER, FIRST, seen(3));

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void orderBreakOnOneConnection_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(2), seen(1), seen(3));

    assertBroken(Promise.ORDER);
  }

  @Test
  void orderBreakOverConnections_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(2), CUT, ANEW, seen(1), seen(3));

    assertBroken(Promise.ORDER);
  }

  @Test
  void duplicateOnOneConnection_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(1), seen(2), seen(3));

    assertBroken(Promise.DUPLICATES);
  }

  @Test
  void holeBehindRecovered_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    owner("laptop", FIRST, seen(0), CUT, RECOVERED, seen(3));

    assertBroken(Promise.COMPLETE_RECOVERY);
  }

  @Test
  void holeBehindSessionThatCameBackInTime_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    owner("laptop", FIRST, seen(0), CUT, RESUMED, seen(3));

    assertBroken(Promise.COMPLETE_RECOVERY);
  }

  @Test
  void holeOnALiveConnection_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    owner("laptop", FIRST, seen(0), seen(1), seen(3));

    assertBroken(Promise.COMPLETE_RECOVERY);
  }

  @Test
  void holeAtTheEndOfALiveConnection_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    owner("laptop", FIRST, seen(0), seen(1), seen(2));

    assertBroken(Promise.COMPLETE_RECOVERY);
  }

  @Test
  void hole_behindANewSessionOrALateOne_isValid() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    owner("laptop", FIRST, seen(0), CUT, ANEW, seen(3));
    owner("tablet", FIRST, seen(0), CUT, RESUMED_LATE, seen(3));

    assertValid();
  }

  @Test
  void deadLetterMissing_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));
    sources.set(3, source(3, Kind.POISON, ""));

    assertBroken(Promise.DEAD_LETTERS);
  }

  @Test
  void poison_withItsLetter_isValid() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));
    sources.set(3, source(3, Kind.POISON, ""));
    letters.add(new Letter(LANE, 3, "digest-3"));

    assertValid();
  }

  @Test
  void deadLetterWithOtherBytes_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));
    sources.set(3, source(3, Kind.POISON, ""));
    letters.add(new Letter(LANE, 3, "digest-x"));

    assertBroken(Promise.DEAD_LETTERS);
  }

  @Test
  void deadLetterOfAGoodRecord_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    letters.add(new Letter(LANE, 2, "digest-2"));

    assertBroken(Promise.DEAD_LETTERS);
  }

  @Test
  void deadLetterTwice_onlyAfterACrash_isValid() {
    owner("phone", FIRST, seen(0), seen(1), seen(2));
    sources.set(3, source(3, Kind.POISON, ""));
    letters.add(new Letter(LANE, 3, "digest-3"));
    letters.add(new Letter(LANE, 3, "digest-3"));

    assertBroken(Promise.DEAD_LETTERS);
    crashes = 1;
    assertValid();
  }

  @Test
  void commitBehind_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    committed = 3;

    assertBroken(Promise.LIVENESS);
  }

  @Test
  void commitPastTheEnd_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    committed = 5;

    assertBroken(Promise.COMMIT_SAFETY);
  }

  @Test
  void inboxThatWasNotDrained_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    device("auditor", "anna", Role.AUDITOR, FIRST, seen(3));

    assertBroken(Promise.LIVENESS);
  }

  @Test
  void refusal_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3), new Refused("41"));

    assertBroken(Promise.LIVENESS);
  }

  @Test
  void restCallAcceptedAndNotProduced_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    accepted.add("rest:1");

    assertBroken(Promise.NO_LOSS);
  }

  @Test
  void stopThatFailsOrLasts_planted_isFound() {
    owner("phone", FIRST, seen(0), seen(1), seen(2), seen(3));
    stops.add(new Stop(1, 10));
    assertBroken(Promise.ORDERLY_STOP);

    stops.set(0, new Stop(0, 25_001));
    assertBroken(Promise.ORDERLY_STOP);
  }
}
