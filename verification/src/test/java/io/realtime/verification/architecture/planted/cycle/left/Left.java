package io.realtime.verification.architecture.planted.cycle.left;

import io.realtime.verification.architecture.planted.cycle.right.Right;
import org.jspecify.annotations.NullMarked;

/** Planted: half of a cycle between neighbours. */
@NullMarked
public final class Left {
  private Left() {}

  public static Right other(Right right) {
    return right;
  }
}
