package io.realtime.notify.http.rest;

import io.realtime.notify.core.health.Health;
import io.realtime.socketio.server.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three health answers, from memory, on any thread.
 *
 * <p>A part whose failure leaves this node able to serve its connected clients (Kafka, Redis)
 * reports {@code DEGRADED}, never {@code DOWN}: else all nodes would leave the load balancer
 * together.
 */
public final class HealthReports {
  private static final Logger LOG = LoggerFactory.getLogger(HealthReports.class);

  private final List<Health.Source> sources;
  private final Supplier<Health.Status> lifecycle;
  private final Supplier<Optional<String>> stuck;
  private final InstantSource clock;
  private final Instant started;

  /**
   * @param lifecycle {@code STARTING}, {@code DRAINING} or {@code OK}
   * @param stuck why the process should be restarted; empty: it is alive
   */
  public HealthReports(
      List<Health.Source> sources,
      Supplier<Health.Status> lifecycle,
      Supplier<Optional<String>> stuck,
      InstantSource clock) {
    this.sources = List.copyOf(sources);
    this.lifecycle = lifecycle;
    this.stuck = stuck;
    this.clock = clock;
    this.started = clock.instant();
  }

  public HttpReply health() {
    Instant now = clock.instant();
    return HttpReply.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "ok")
            .put("service", "realtime-service")
            .put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("uptime", Math.max(0, Duration.between(started, now).toSeconds()))
            .toString());
  }

  public HttpReply live() {
    Optional<String> reason = stuck.get();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", reason.isEmpty() ? "ok" : "down");
    reason.ifPresent(detail -> answer.put("detail", detail));
    return HttpReply.json(reason.isEmpty() ? 200 : 503, answer.toString());
  }

  public HttpReply ready() {
    Health.Status phase = lifecycle.get();
    Health.Status worst = Health.Status.OK;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", "");
    ObjectNode checks = answer.putObject("checks");
    for (Health.Source source : sources) {
      Health health = ask(source);
      worst = worst.compareTo(health.status()) >= 0 ? worst : health.status();
      checks
          .putObject(source.name())
          .put("status", name(health.status()))
          .put("detail", health.detail());
    }
    Health.Status whole = phase == Health.Status.OK ? worst : phase;
    answer.put("status", name(whole));
    return HttpReply.json(serves(whole) ? 200 : 503, answer.toString());
  }

  private static Health ask(Health.Source source) {
    try {
      return source.health();
    } catch (RuntimeException e) {
      LOG.error("health source {} failed", source.name(), e);
      return new Health(Health.Status.DOWN, "its check failed; the log says why");
    }
  }

  private static boolean serves(Health.Status status) {
    return switch (status) {
      case OK, DEGRADED -> true;
      case STARTING, DRAINING, DOWN -> false;
    };
  }

  private static String name(Health.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
