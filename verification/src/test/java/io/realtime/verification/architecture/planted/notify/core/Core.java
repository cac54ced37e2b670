package io.realtime.verification.architecture.planted.notify.core;

import org.jspecify.annotations.NullMarked;

/** Planted: nothing wrong. */
@NullMarked
public final class Core {
  private Core() {}
}
