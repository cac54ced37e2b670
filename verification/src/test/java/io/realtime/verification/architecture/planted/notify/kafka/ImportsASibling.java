package io.realtime.verification.architecture.planted.notify.kafka;

import io.realtime.verification.architecture.planted.notify.http.ReachesBehindTheApi;
import org.jspecify.annotations.NullMarked;

/** Planted: a module that uses its sibling. */
@NullMarked
public final class ImportsASibling {
  private ImportsASibling() {}

  public static ReachesBehindTheApi other(ReachesBehindTheApi sibling) {
    return sibling;
  }
}
