package io.realtime.verification.architecture.planted.notify.app;

import io.realtime.verification.architecture.planted.demo.shop.Shop;
import org.jspecify.annotations.NullMarked;

/** Planted: the product uses the demo. */
@NullMarked
public final class ImportsTheDemo {
  private ImportsTheDemo() {}

  public static Shop other(Shop shop) {
    return shop;
  }
}
