package io.realtime.socketio.server.api;

import java.time.Duration;

/**
 * Bounds of the requests that wait for an {@link Admission} or an {@link EngineMiddleware}.
 *
 * @param maxHeld requests that wait at a time; one more is answered with 503
 * @param deadline how long one decision may take; past it 503
 */
public record HoldLimits(int maxHeld, Duration deadline) {
  public HoldLimits {
    if (maxHeld < 0) {
      throw new IllegalArgumentException("maxHeld: " + maxHeld + " (expected: at least 0)");
    }
  }

  public static HoldLimits defaults() {
    return new HoldLimits(10_000, Duration.ofSeconds(10));
  }
}
