package io.realtime.verification.chaos.breaks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to one stock client.
 *
 * @param transport the only one that it uses
 * @param company whether another device of the user stays connected and proves everything
 */
record Break(Kind kind, Duration length, String transport, boolean company) {
  /** Past it a device gets what nobody has; what another one proved is not kept for it. */
  private static final Duration KEPT_FOR_OTHERS = Duration.ofMinutes(2);

  enum Kind {
    /** Connections are reset, and every new one as well. */
    RESET,
    /** Connections stay open and nothing passes, on new ones neither. */
    BLACK_HOLE
  }

  /** Each kind on each transport, alone and, as far as that is promised, in company. */
  static List<Break> all(List<Duration> lengths) {
    List<Break> all = new ArrayList<>();
    for (Duration length : lengths) {
      for (Kind kind : Kind.values()) {
        for (String transport : List.of("websocket", "polling")) {
          all.add(new Break(kind, length, transport, false));
          if (length.compareTo(KEPT_FOR_OTHERS) <= 0) {
            all.add(new Break(kind, length, transport, true));
          }
        }
      }
    }
    return all;
  }

  String words() {
    return kind == Kind.RESET ? "reset" : "black hole";
  }
}
