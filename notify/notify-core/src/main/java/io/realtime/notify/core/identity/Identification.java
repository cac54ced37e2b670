package io.realtime.notify.core.identity;

/** Who a caller is, or why that is refused. */
public sealed interface Identification {

  /** The identity is established. */
  record Known(Principal principal) implements Identification {}

  /** The caller is refused. */
  record Refused(Refusal refusal) implements Identification {}
}
