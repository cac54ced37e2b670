package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.audit.Audit;
import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.GroupProtocol;
import io.realtime.notify.kafka.client.KafkaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every second who else is in the group. Driven by the poll thread; answers come on
 * the admin client's.
 */
final class GroupWatch {
  /** What a broker of its own accord gives a silent member of the new protocol. */
  static final Duration CONSUMER_SESSION = Duration.ofSeconds(45);

  /** The code that says it in readiness and in the log. */
  static final String CODE = "CLUSTER_NEEDS_REDIS";

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Between the end of a session and the answer that shows it. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final int TIMEOUT_MS = 3_000;
  private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);

  private final Admin admin;
  private final KafkaSettings settings;
  private final KafkaHealth health;
  private final InstantSource clock;
  private final Membership membership;
  private final AtomicBoolean underway = new AtomicBoolean();
  private final AtomicBoolean blind = new AtomicBoolean();
  private long nextAt = System.nanoTime();
  private Membership.State last = Membership.State.UNKNOWN;

  GroupWatch(Admin admin, KafkaSettings settings, KafkaHealth health, InstantSource clock) {
    this.admin = admin;
    this.settings = settings;
    this.health = health;
    this.clock = clock;
    boolean classic = settings.groupProtocol() == GroupProtocol.CLASSIC;
    Duration session = classic ? settings.limits().sessionTimeout() : CONSUMER_SESSION;
    this.membership = new Membership(session.plus(GRACE));
    if (!classic) {
      askForSessionTimeout();
    }
  }

  /** Asks again when it is time to, and says what changed. */
  void tick() {
    long now = System.nanoTime();
    if (now - nextAt >= 0 && underway.compareAndSet(false, true)) {
      nextAt = now + INTERVAL.toNanos();
      ask();
    }
    Membership.State state = membership.state(clock.instant());
    if (state != last) {
      announce(state);
      last = state;
    }
    health.group(state, membership.names());
  }

  /** Whether nothing may be read now. */
  boolean holds() {
    return last != Membership.State.ALONE;
  }

  private void ask() {
    var answer =
        admin
            .describeConsumerGroups(
                Set.of(settings.groupId()),
                new DescribeConsumerGroupsOptions().timeoutMs(TIMEOUT_MS))
            .describedGroups()
            .get(settings.groupId());
    if (answer == null) {
      throw new IllegalStateException("no answer about the group that was asked for");
    }
    var _ =
        answer.whenComplete(
            (group, failure) -> {
              underway.set(false);
              answered(group, failure);
            });
  }

  private void answered(@Nullable ConsumerGroupDescription group, @Nullable Throwable failure) {
    if (group != null) {
      membership.seen(
          group.members().stream()
              .map(MemberDescription::clientId)
              .filter(id -> !id.startsWith(settings.clientIdPrefix()))
              .toList(),
          clock.instant());
      return;
    }
    Throwable cause = failure == null ? new GroupIdNotFoundException("") : Causes.of(failure);
    if (cause instanceof GroupIdNotFoundException) {
      membership.seen(List.of(), clock.instant());
    } else if (cause instanceof AuthorizationException) {
      // The consumer itself needs the right to read the group, which includes this one.
      membership.seen(List.of(), clock.instant());
      if (blind.compareAndSet(false, true)) {
        LOG.warn("kafka: cannot see who else is in the group: {}", Causes.text(cause));
      }
    }
  }

  private void announce(Membership.State state) {
    switch (state) {
      case UNKNOWN, ALONE -> LOG.info("kafka: no other member in {}", settings.groupId());
      case OTHERS ->
          LOG.warn(
              "kafka: another member is in {} ({}): nothing is read until it is gone",
              settings.groupId(),
              membership.names());
      case CONFLICT -> {
        LOG.error(
            "kafka: {}: another member stays in {} ({}): this node is not ready and reads nothing."
                + " Run one node, or give each service a KAFKA_CONSUMER_GROUP of its own",
            CODE,
            settings.groupId(),
            membership.names());
        Audit.record("group.conflict", "group", settings.groupId(), "others", membership.names());
      }
    }
  }

  private void askForSessionTimeout() {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.groupId());
    var _ =
        admin
            .describeConfigs(Set.of(group))
            .all()
            .whenComplete(
                (all, failure) -> {
                  Config config = failure == null ? all.get(group) : null;
                  ConfigEntry entry =
                      config == null ? null : config.get("consumer.session.timeout.ms");
                  if (entry != null && entry.value() != null) {
                    membership.patience(
                        Duration.ofMillis(Long.parseLong(entry.value())).plus(GRACE));
                  }
                });
  }
}
