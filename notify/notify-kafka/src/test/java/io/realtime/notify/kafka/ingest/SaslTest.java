package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.kafka.client.ClientProperties;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.ingress.KafkaIngressPublisher;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The security settings against a broker that asks for a password. */
class SaslTest {

  @Test
  void password_reachesEveryClient_andAWrongOneIsSaid(@TempDir Path directory) throws Exception {
    int port = freePort();
    try (Kafka kafka =
        Kafka.start(
            directory,
            builder ->
                builder
                    .setting("extra.listeners", "SASL://127.0.0.1:" + port)
                    .setting(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT")
                    .setting("sasl.enabled.mechanisms", "PLAIN")
                    .setting(
                        "listener.name.sasl.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                            + " user_shop=\"open-sesame\";"))) {
      kafka.create("order.sasl", 1);
      KafkaSettings plain = Node.settings("127.0.0.1:" + port, "order.sasl");
      MemoryStore store = new MemoryStore();
      try (Node refused = Node.start(plain.withClientProperties(password("wrong")), store)) {
        refused.awaitStatus(Health.Status.DEGRADED);
        assertThat(refused.health().detail())
            .contains("SaslAuthenticationException")
            .doesNotContain("wrong");
      }

      KafkaSettings settings = plain.withClientProperties(password("open-sesame"));
      try (Node node = Node.ready(settings, store);
          KafkaIngressPublisher ingress = new KafkaIngressPublisher(settings)) {
        kafka.send("order.sasl", "u1", "let in");
        kafka.send("order.sasl", "u1", "poison");
        ingress
            .publish(
                new IngressPublisher.IngressEvent("order.updated", "rest:1", "u1", new byte[1]))
            .toCompletableFuture()
            .get();
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  assertThat(store.resolved("order.sasl")).hasSize(2);
                  assertThat(store.resolved(InternalTopics.INGRESS)).hasSize(1);
                });
        assertThat(kafka.read(InternalTopics.DEAD_LETTER)).hasSize(1);
        assertThat(node.health().status()).isEqualTo(Health.Status.OK);
      }
    }
  }

  @Test
  void rightTakenAway_isSaid_andTheConsumerComesBackWhenItIsGivenAgain(@TempDir Path directory)
      throws Exception {
    int port = freePort();
    try (Kafka kafka =
        Kafka.start(
            directory,
            builder ->
                builder
                    .setting("extra.listeners", "SASL://127.0.0.1:" + port)
                    .setting(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT")
                    .setting("sasl.enabled.mechanisms", "PLAIN")
                    .setting(
                        "listener.name.sasl.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                            + " user_shop=\"open-sesame\";")
                    .setting(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                    .setting("super.users", "User:ANONYMOUS"))) {
      String topic = "order.acl";
      kafka.create(topic, 1);
      kafka.admin().createAcls(EVERYTHING).all().get();
      MemoryStore store = new MemoryStore();
      KafkaSettings settings =
          Node.settings("127.0.0.1:" + port, topic).withClientProperties(password("open-sesame"));
      try (Node node = Node.ready(settings, store)) {
        kafka.send(topic, "u1", "one");
        await().untilAsserted(() -> assertThat(store.values(topic)).containsExactly("one"));

        AclBinding denied =
            new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(
                    "User:shop", "*", AclOperation.READ, AclPermissionType.DENY));
        kafka.admin().createAcls(List.of(denied)).all().get();
        kafka.send(topic, "u1", "two");
        node.awaitStatus(Health.Status.DEGRADED);
        assertThat(node.health().detail()).contains("TopicAuthorizationException");

        kafka.admin().deleteAcls(List.of(denied.toFilter())).all().get();
        await()
            .atMost(Duration.ofSeconds(40))
            .untilAsserted(() -> assertThat(store.values(topic)).containsExactly("one", "two"));
        node.awaitStatus(Health.Status.OK);
      }
    }
  }

  private static final List<AclBinding> EVERYTHING =
      java.util.stream.Stream.of(ResourceType.TOPIC, ResourceType.GROUP)
          .map(
              type ->
                  new AclBinding(
                      new ResourcePattern(type, "*", PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:shop", "*", AclOperation.ALL, AclPermissionType.ALLOW)))
          .toList();

  private static ClientProperties password(String password) {
    return ClientProperties.from(
        Map.of(
            "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
            "KAFKA_SASL_MECHANISM", "PLAIN",
            "KAFKA_SASL_USERNAME", "shop",
            "KAFKA_SASL_PASSWORD", password),
        Optional.empty());
  }

  private static int freePort() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return probe.getLocalPort();
    }
  }
}
