package io.realtime.notify.kafka.replay;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters are meant: those that fit everything that is given.
 *
 * @param ids letter ids, or event ids for all letters of an event; empty: any
 * @param stage as in the header, any case
 * @param code as in the header, any case
 * @param topic the original one
 * @param since the first moment of failure
 * @param until the moment of failure that is too late
 */
public record LetterFilter(
    Set<String> ids,
    Optional<String> stage,
    Optional<String> code,
    Optional<String> topic,
    Optional<String> user,
    Optional<Instant> since,
    Optional<Instant> until,
    Set<LetterState> states) {

  /** Everything. */
  public static LetterFilter any() {
    return new LetterFilter(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EnumSet.allOf(LetterState.class));
  }

  public LetterFilter withStates(Set<LetterState> wanted) {
    return new LetterFilter(ids, stage, code, topic, user, since, until, Set.copyOf(wanted));
  }

  public LetterFilter withIds(Set<String> wanted) {
    return new LetterFilter(Set.copyOf(wanted), stage, code, topic, user, since, until, states);
  }

  /** Whether it names letters in any way but by their state. */
  public boolean isSpecific() {
    return !ids.isEmpty()
        || stage.isPresent()
        || code.isPresent()
        || topic.isPresent()
        || user.isPresent()
        || since.isPresent()
        || until.isPresent();
  }

  boolean fits(Letter letter, LetterState state) {
    return states.contains(state)
        && (ids.isEmpty() || ids.contains(letter.id()) || ids.contains(letter.eventId()))
        && same(stage, letter.stage())
        && same(code, letter.code())
        && topic.map(letter.topic()::equals).orElse(true)
        && since.map(t -> !letter.failedAt().isBefore(t)).orElse(true)
        && until.map(letter.failedAt()::isBefore).orElse(true)
        && (user.isEmpty() || user.equals(letter.user()));
  }

  private static boolean same(Optional<String> wanted, String is) {
    return wanted.map(w -> w.toUpperCase(Locale.ROOT).equals(is)).orElse(true);
  }
}
