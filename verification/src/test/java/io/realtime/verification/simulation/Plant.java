package io.realtime.verification.simulation;

import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.kafka.commit.GroupOffsets;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.start.StartDecision;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A bug that is planted around the product's code, at one of its ports, to show that the oracle
 * sees it: each with the profile that provokes it.
 */
enum Plant {
  NONE("the design as it is"),
  REMOVED_AT_PROOF("a proven entry is removed at once, needed or not"),
  POSITION_IS_HEAD("a connection is told the head as its position"),
  ONLY_UNPROVEN_AFTER_A_BREAK("who comes back is sent only what nobody has proven"),
  PROOF_ON_WRITE("what was written counts as received"),
  OBSERVER_PROVES("an observing administrator's pong proves"),
  LIVE_SKIPS_PROVEN("a live connection skips what another device has proven"),
  NO_POSITION_CHECK("nothing heals a lost wake-up"),
  COMMIT_AS_START("a partition starts at the group's commit"),
  WATERMARK_ONLY_APPENDS("only records with an event advance the watermark"),
  RESTART_IS_DUPLICATE("offsets that restart are duplicates"),
  OUTAGE_DEAD_LETTERS("a store that is away costs attempts"),
  DUPLICATE_APPEND("a record is appended twice"),
  REPLAY_TWICE("a replay or REST call that is repeated is appended again"),
  DROPPED_PAGE("a page is read and not sent"),
  WAKE_WHILE_PAGING("a wake-up is sent while a page is open"),
  TTL_IGNORED("events do not expire"),
  SILENT_EVICTION("an eviction is not told"),
  RECOVERED_WITH_PURGED("who comes back is recovered although what it missed is gone"),
  WATCH_FORGOTTEN("who comes back is recovered although it watched what no inbox keeps"),
  COMMIT_AHEAD("what was read is committed, whether it is resolved or not"),
  COMMIT_WITHOUT_MARKERS("a commit ends at the last record and not behind the marker after it"),
  FAILED_COMMIT_COUNTS("a commit that failed is not made again"),
  UNAUDITED_EVICTION("what is removed by its time to live is not audited"),
  AUDIT_SUM_LOST("only the first of several evictions is audited");

  /** Who observes other users' orders. */
  static final String ADMIN = "admin";

  private final String about;

  Plant(String about) {
    this.about = about;
  }

  /** What the command line calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String about() {
    return about;
  }

  /** The profile of a run with this bug; the design as it is takes them in turns. */
  Profile profile(long seed) {
    return switch (this) {
      case NONE -> Profile.ALL.get(Math.floorMod(seed, Profile.ALL.size()));
      case REMOVED_AT_PROOF, LIVE_SKIPS_PROVEN -> Profile.LAGGING;
      case PROOF_ON_WRITE,
          POSITION_IS_HEAD,
          ONLY_UNPROVEN_AFTER_A_BREAK,
          OBSERVER_PROVES,
          DROPPED_PAGE,
          WAKE_WHILE_PAGING ->
          Profile.ROAMING;
      case NO_POSITION_CHECK -> Profile.LAGGING.losing(90);
      case COMMIT_AS_START, RESTART_IS_DUPLICATE -> Profile.RESTARTING_OFFSETS;
      case WATERMARK_ONLY_APPENDS -> Profile.CRASHES;
      case OUTAGE_DEAD_LETTERS -> Profile.OUTAGES;
      case DUPLICATE_APPEND -> Profile.MIXED;
      case REPLAY_TWICE -> Profile.REPEATING;
      case TTL_IGNORED -> Profile.EXPIRING;
      case SILENT_EVICTION -> Profile.ABSENT;
      case RECOVERED_WITH_PURGED -> Profile.RETURNING;
      case COMMIT_AHEAD -> Profile.OUTAGES;
      case COMMIT_WITHOUT_MARKERS, FAILED_COMMIT_COUNTS -> Profile.COMMITTING;
      case UNAUDITED_EVICTION -> Profile.EXPIRING;
      case AUDIT_SUM_LOST -> Profile.ABSENT;
      case WATCH_FORGOTTEN -> Profile.RETURNING.with(Action.WATCH, 12);
    };
  }

  InboxLimits limits(InboxLimits real) {
    InboxLimits.Lifetimes lives = real.lifetimes();
    return switch (this) {
      case REMOVED_AT_PROOF ->
          new InboxLimits(
              real.ofUser(),
              real.ofStore(),
              new InboxLimits.Lifetimes(
                  lives.entry(), lives.head(), Duration.ZERO, lives.pid(), lives.key()));
      case TTL_IGNORED ->
          new InboxLimits(
              real.ofUser(),
              real.ofStore(),
              new InboxLimits.Lifetimes(
                  Duration.ofDays(365),
                  Duration.ofDays(700),
                  lives.proven(),
                  lives.pid(),
                  lives.key()));
      default -> real;
    };
  }

  /** The store. */
  Inbox inbox(Inbox real) {
    return switch (this) {
      case ONLY_UNPROVEN_AFTER_A_BREAK -> new PlantedInboxes.OnlyUnproven(real);
      case REMOVED_AT_PROOF -> new PlantedInboxes.RemovedAtProof(real);
      case LIVE_SKIPS_PROVEN -> new PlantedInboxes.LiveSkipsProven(real);
      case WATERMARK_ONLY_APPENDS -> new PlantedInboxes.WatermarkOnlyAppends(real);
      case RESTART_IS_DUPLICATE -> new PlantedInboxes.RestartIsDuplicate(real);
      case DUPLICATE_APPEND -> new PlantedInboxes.DuplicateAppend(real);
      case REPLAY_TWICE -> new PlantedInboxes.ReplayTwice(real);
      case SILENT_EVICTION -> new PlantedInboxes.SilentEviction(real);
      case RECOVERED_WITH_PURGED -> new PlantedInboxes.RecoveredWithPurged(real);
      case WATCH_FORGOTTEN -> new PlantedInboxes.WatchForgotten(real);
      default -> real;
    };
  }

  /**
   * The position that a client reads at its start.
   *
   * @param head where its inbox ended then
   */
  String told(String real, Optional<Position> head) {
    return this == POSITION_IS_HEAD ? head.map(Position::text).orElse(real) : real;
  }

  /** The group's offsets as the commit ledger sees them. */
  GroupOffsets offsets(GroupOffsets real) {
    return switch (this) {
      case COMMIT_AHEAD -> new PlantedOffsets.Ahead(real);
      case COMMIT_WITHOUT_MARKERS -> new PlantedOffsets.WithoutPosition(real);
      case FAILED_COMMIT_COUNTS -> new PlantedOffsets.NeverFails(real);
      default -> real;
    };
  }

  /** Who hears of evictions. */
  EvictionLog evictions(EvictionLog real) {
    return this == UNAUDITED_EVICTION
        ? (userId, gap) -> {
          if (gap.reason() != Gap.Reason.TTL) {
            real.evicted(userId, gap);
          }
        }
        : real;
  }

  /** Where the audit is written to. */
  Consumer<String> audit(Consumer<String> real) {
    return this == AUDIT_SUM_LOST
        ? line -> {
          if (line.contains(" evicted=1 ")) {
            real.accept(line);
          }
        }
        : real;
  }

  /** Who the authenticator takes a device for. */
  String caller(Device device) {
    return device.observer() && this != OBSERVER_PROVES ? ADMIN : device.userId();
  }

  /** The store as delivery sees it. */
  Inbox wired(Inbox real, FakeNamespace namespace) {
    return switch (this) {
      case NO_POSITION_CHECK -> new PlantedInboxes.NoPositionCheck(real);
      case DROPPED_PAGE -> new PlantedInboxes.DroppedPage(real);
      case WAKE_WHILE_PAGING -> new PlantedInboxes.WakeWhilePaging(real, namespace);
      default -> real;
    };
  }

  /** The way in as lanes see it. */
  Intake intake(Intake real) {
    return this == OUTAGE_DEAD_LETTERS ? new PlantedInboxes.OutageIsAnAttempt(real) : real;
  }

  Watermarks watermarks(Watermarks real) {
    return this == OUTAGE_DEAD_LETTERS ? new PlantedInboxes.ProbeAlwaysWorks(real) : real;
  }

  Start start(StartDecision.Facts facts) {
    Start real = StartDecision.decide(facts);
    if (this != COMMIT_AS_START || facts.commit().isEmpty()) {
      return real;
    }
    return new Start(
        real.partition(),
        facts.commit().get().offset(),
        real.leaderEpoch(),
        real.generation(),
        real.reason());
  }
}
