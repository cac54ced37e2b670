package io.realtime.notify.http;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.core.presence.Presence;
import io.realtime.notify.http.rest.Audiences;
import io.realtime.notify.http.rest.RestAccess;
import io.realtime.notify.http.stream.EventStreams;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@link RestApi} needs from the application. Everything but {@code publisher}, {@code keys}
 * and {@code access} answers from memory.
 *
 * @param health the parts that {@code /health/ready} lists; Kafka and Redis being away is {@code
 *     DEGRADED}, never {@code DOWN}
 * @param lifecycle {@code STARTING}, {@code DRAINING} or {@code OK}
 * @param stuck why the process should be restarted; empty: it is alive
 */
public record RestPorts(
    IngressPublisher publisher,
    IdempotencyKeys keys,
    Presence presence,
    Audiences audiences,
    RestAccess access,
    EventStreams streams,
    List<Health.Source> health,
    Supplier<Health.Status> lifecycle,
    Supplier<Optional<String>> stuck) {}
