package io.realtime.verification.chaos.oracle;

/** A promise that was broken, and how. */
public record Violation(Promise promise, String what) {

  /** The invariants of docs/DELIVERY.md that a round checks. */
  public enum Promise {
    NO_LOSS("I1"),
    COMMIT_SAFETY("I2"),
    NOTHING_INVENTED("I3"),
    ISOLATION("I4"),
    ORDER("I5"),
    DUPLICATES("I6"),
    DEAD_LETTERS("I7"),
    LIVENESS("I9"),
    COMPLETE_RECOVERY("I12"),
    ORDERLY_STOP("I14");

    private final String number;

    Promise(String number) {
      this.number = number;
    }
  }

  @Override
  public String toString() {
    return promise.number + " " + promise + ": " + what;
  }
}
