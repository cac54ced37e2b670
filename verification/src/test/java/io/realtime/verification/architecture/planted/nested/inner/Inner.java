package io.realtime.verification.architecture.planted.nested.inner;

import io.realtime.verification.architecture.planted.nested.Outer;
import org.jspecify.annotations.NullMarked;

/** Planted: half of a cycle with a sub-package. */
@NullMarked
public final class Inner {
  private Inner() {}

  public static Outer other(Outer outer) {
    return outer;
  }
}
