package io.realtime.verification.architecture.planted.nested;

import io.realtime.verification.architecture.planted.nested.inner.Inner;
import org.jspecify.annotations.NullMarked;

/** Planted: half of a cycle with a sub-package. */
@NullMarked
public final class Outer {
  private Outer() {}

  public static Inner other(Inner inner) {
    return inner;
  }
}
