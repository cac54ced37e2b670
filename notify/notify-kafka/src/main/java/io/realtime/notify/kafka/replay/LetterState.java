package io.realtime.notify.kafka.replay;

import java.util.Optional;

/** Where a letter stands. */
public enum LetterState {
  /** Nobody has decided. */
  OPEN,
  /** Undecided, and its last replay was one too many. */
  PARKED,
  REPLAYED,
  DISCARDED;

  static LetterState of(Letter letter, Optional<Decision> decision) {
    if (decision.isEmpty()) {
      return letter.isSpent() ? PARKED : OPEN;
    }
    return switch (decision.get().kind()) {
      case REPLAYED -> REPLAYED;
      case DISCARDED -> DISCARDED;
    };
  }
}
