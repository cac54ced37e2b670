package io.realtime.notify.http;

import io.realtime.socketio.server.api.CorsPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How {@link RestApi} behaves.
 *
 * @param cors absent: same origin only
 * @param maxConcurrent operations at a time; one more is answered 503 with {@code Retry-After}
 * @param confirmTimeout how long a caller waits at most for Kafka's confirmation
 */
public record RestOptions(
    Optional<CorsPolicy> cors, int maxConcurrent, Duration confirmTimeout, InstantSource clock) {

  /** 256 operations at a time, 15 s for a confirmation, the system's clock. */
  public static RestOptions defaults() {
    return new RestOptions(Optional.empty(), 256, Duration.ofSeconds(15), InstantSource.system());
  }

  public RestOptions withCors(Optional<CorsPolicy> policy) {
    return new RestOptions(policy, maxConcurrent, confirmTimeout, clock);
  }
}
