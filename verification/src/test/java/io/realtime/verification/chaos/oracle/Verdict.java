package io.realtime.verification.chaos.oracle;

import java.util.List;

/** What a history proves. */
public sealed interface Verdict {

  /** Every promise held. */
  record Valid() implements Verdict {}

  /** At least one did not; the first hundred. */
  record Invalid(List<Violation> violations) implements Verdict {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /** It proves nothing, which is a failure as well. */
  record Unknown(String why) implements Verdict {}

  /** The one word of the ledger. */
  default String word() {
    return switch (this) {
      case Valid _ -> "valid";
      case Invalid _ -> "invalid";
      case Unknown _ -> "unknown";
    };
  }
}
