package io.realtime.verification.architecture.planted.cycle.right;

import io.realtime.verification.architecture.planted.cycle.left.Left;
import org.jspecify.annotations.NullMarked;

/** Planted: half of a cycle between neighbours. */
@NullMarked
public final class Right {
  private Right() {}

  public static Left other(Left left) {
    return left;
  }
}
