package io.realtime.verification.architecture.planted.demo.shop;

import org.jspecify.annotations.NullMarked;

/** Planted: a class of the demo. */
@NullMarked
public final class Shop {
  private Shop() {}
}
