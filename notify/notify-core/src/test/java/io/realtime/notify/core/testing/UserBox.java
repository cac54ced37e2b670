package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.testing.Shelf.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user's inbox. Guarded by the lock of the {@link InMemoryInbox} that holds it. */
final class UserBox {
  final Shelf unproven = new Shelf();
  final Shelf proven = new Shelf();
  private final String userId;
  private final InboxLimits limits;
  private final Map<Gap.Reason, Gap> gaps = new EnumMap<>(Gap.Reason.class);
  private final LinkedHashMap<String, Pid> pids = new LinkedHashMap<>();
  private Position head;
  private Instant stored;

  UserBox(String userId, InboxLimits limits, long floor, Instant now) {
    this.userId = userId;
    this.limits = limits;
    this.head = new Position(floor, Chain.start(userId));
    this.stored = now;
  }

  /**
   * @param lastAlive empty while it lives
   */
  private record Pid(SessionNote note, Optional<Instant> lastAlive) {}

  Entry append(NewEntry added, long number, Instant now) {
    long chain = Chain.next(head.chain(), added.eventId());
    Entry entry =
        new Entry(
            userId,
            head.seq() + 1,
            head.chain(),
            chain,
            added.eventId(),
            added.event(),
            added.payload(),
            added.acceptedAt());
    head = entry.position();
    unproven.put(new Kept(entry, number, now, 0, ""));
    stored = now;
    return entry;
  }

  /** Notes that these are gone without proof; what is new in the gap. */
  Optional<Gap> evicted(Gap.Reason reason, List<Kept> gone) {
    return gone.stream()
        .map(Kept::entry)
        .map(
            entry ->
                new Gap(
                    reason, entry.seq(), entry.seq(), 1, entry.acceptedAt(), entry.acceptedAt()))
        .reduce(Gap::merge)
        .map(
            gap -> {
              gaps.merge(reason, gap, Gap::merge);
              return gap;
            });
  }

  Optional<Gap> evictPastCap() {
    return evicted(
        Gap.Reason.CAP, unproven.trim(limits.ofUser().entries(), limits.ofUser().bytes()));
  }

  void prove(List<Long> seqs, Optional<String> pid, long provenAt, Instant now) {
    boolean keep = neededBesides(pid.orElse(""), now);
    for (Kept kept : unproven.remove(seqs)) {
      if (keep) {
        proven.put(new Kept(kept.entry(), kept.number(), now, provenAt, pid.orElse("")));
      }
    }
    proven.trim(limits.ofUser().provenEntries(), limits.ofUser().provenBytes());
  }

  void told(Proof proof) {
    for (Gap told : proof.gaps()) {
      gaps.computeIfPresent(
          told.reason(),
          (reason, known) -> {
            Gap left = known.minus(told);
            return left.evicted() <= 0 ? null : left;
          });
    }
  }

  private boolean neededBesides(String prover, Instant now) {
    return pids.entrySet().stream()
        .anyMatch(pid -> !pid.getKey().equals(prover) && valid(pid.getValue(), now));
  }

  private boolean valid(Pid pid, Instant now) {
    return pid.lastAlive().isEmpty()
        || pid.lastAlive().get().plus(limits.lifetimes().pid()).isAfter(now);
  }

  Optional<SessionNote> validPid(String pid, Instant now) {
    return Optional.ofNullable(pids.get(pid)).filter(known -> valid(known, now)).map(Pid::note);
  }

  void open(String pid, SessionNote note) {
    pids.remove(pid);
    pids.put(pid, new Pid(note, Optional.empty()));
    if (pids.size() > limits.ofUser().pids()) {
      String oldest =
          pids.entrySet().stream()
              .min(Comparator.comparing(entry -> entry.getValue().lastAlive().orElse(Instant.MAX)))
              .orElseThrow()
              .getKey();
      pids.remove(oldest);
    }
  }

  void forgetPid(String pid) {
    pids.remove(pid);
  }

  void remember(String pid, SessionNote note) {
    pids.computeIfPresent(pid, (id, known) -> new Pid(note, known.lastAlive()));
  }

  void leave(String pid, Departure departure) {
    switch (departure) {
      case Departure.Goodbye() -> pids.remove(pid);
      case Departure.Lost(Instant lastAlive) ->
          pids.computeIfPresent(pid, (id, known) -> new Pid(known.note(), Optional.of(lastAlive)));
    }
  }

  /** What has no end counts from now. */
  void restart(Instant now) {
    pids.replaceAll((id, pid) -> new Pid(pid.note(), Optional.of(pid.lastAlive().orElse(now))));
  }

  boolean chains(Position position) {
    if (position.seq() == head.seq()) {
      return position.chain() == head.chain();
    }
    return entries()
        .anyMatch(
            kept ->
                kept.entry().position().equals(position)
                    || (kept.entry().seq() == position.seq() + 1
                        && kept.entry().chainBefore() == position.chain()));
  }

  /** Of both shelves, in order. */
  private Stream<Kept> entries() {
    List<Kept> all = new ArrayList<>();
    unproven.all().forEach(all::add);
    proven.all().forEach(all::add);
    all.sort(Comparator.comparingLong(kept -> kept.entry().seq()));
    return all.stream();
  }

  List<Long> unprovenUpTo(long seq) {
    return entries()
        .filter(kept -> kept.provenAt() == 0 && kept.entry().seq() <= seq)
        .map(kept -> kept.entry().seq())
        .toList();
  }

  List<Entry> owed(Backlog backlog, long after) {
    return entries()
        .filter(kept -> kept.entry().seq() > after)
        .filter(kept -> backlog.owes(kept.entry().seq(), kept.provenAt()))
        .map(Kept::entry)
        .toList();
  }

  Page page(PageRequest request) {
    List<Entry> owed = owed(request.backlog(), request.after());
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : owed) {
      bytes += entry.payload().length;
      if (entries.size() == request.limit() || (!entries.isEmpty() && bytes > request.maxBytes())) {
        return new Page(
            entries, gapsBetween(request.after(), entries.getLast().seq()), head, false);
      }
      entries.add(entry);
    }
    return new Page(entries, gapsBetween(request.after(), Long.MAX_VALUE), head, true);
  }

  List<Gap> gapsBetween(long after, long before) {
    return gaps.values().stream()
        .filter(gap -> gap.untilSeq() > after && gap.untilSeq() < before)
        .toList();
  }

  int purgeProven(Instant now) {
    Instant last = now.minus(limits.lifetimes().proven());
    return proven
        .removeIf(kept -> !kept.since().isAfter(last) || !neededBesides(kept.provenBy(), now))
        .size();
  }

  int purgePids(Instant now) {
    int before = pids.size();
    pids.values().removeIf(pid -> !valid(pid, now));
    return before - pids.size();
  }

  boolean idle() {
    return unproven.size() + proven.size() + pids.size() == 0;
  }

  boolean hasGaps() {
    return !gaps.isEmpty();
  }

  @Nullable Kept oldest() {
    return entries().min(Comparator.comparingLong(Kept::number)).orElse(null);
  }

  Position head() {
    return head;
  }

  Instant stored() {
    return stored;
  }
}
