package io.realtime.demo.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node in KRaft mode, broker and controller in one. It leans on Kafka's internal server
 * classes, which is why the version is pinned and nothing else touches them.
 */
final class Broker {
  private static final int NODE_ID = 1;
  private static final String LOOPBACK = "127.0.0.1";

  private final KafkaRaftServer server;

  private Broker(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Formats the directory when it is new and starts; returns when clients are served.
   *
   * @throws IOException with one line for the user when the port is taken
   */
  static Broker start(BrokerOptions options) throws Exception {
    requireFree(options.port());
    Files.createDirectories(options.dataDir());
    Map<String, String> settings = settings(options);
    if (!Files.exists(options.dataDir().resolve("meta.properties"))) {
      format(options.dataDir());
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new Broker(server);
  }

  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory) throws Exception {
    String path = directory.toAbsolutePath().toString();
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .addDirectory(path)
            .setMetadataLogDirectory(path)
            .setControllerListenerName("CONTROLLER")
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    formatter.run();
  }

  private static Map<String, String> settings(BrokerOptions options) throws IOException {
    int controllerPort = freePort();
    String client = "PLAINTEXT://" + LOOPBACK + ":" + options.port();
    Map<String, String> all = new HashMap<>();
    all.put("node.id", Integer.toString(NODE_ID));
    all.put("process.roles", "broker,controller");
    all.put("controller.quorum.voters", NODE_ID + "@" + LOOPBACK + ":" + controllerPort);
    all.put("controller.listener.names", "CONTROLLER");
    all.put("listeners", client + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
    all.put("advertised.listeners", client);
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("log.dirs", options.dataDir().toAbsolutePath().toString());
    all.put("num.partitions", Integer.toString(options.partitions()));
    all.put("auto.create.topics.enable", "true");
    all.put("default.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "1");
    all.put("offsets.topic.replication.factor", "1");
    all.put("transaction.state.log.num.partitions", "1");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("share.coordinator.state.topic.num.partitions", "1");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
    all.put("group.initial.rebalance.delay.ms", "0");
    // A broker that was killed is fenced until its session ends: short, so that it is back soon.
    all.put("broker.session.timeout.ms", "2000");
    all.put("broker.heartbeat.interval.ms", "250");
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    all.put("background.threads", "2");
    // No look-up of KRaft members that do not exist, and a quick election of the only voter.
    all.put("controller.quorum.election.timeout.ms", "500");
    all.put("controller.quorum.fetch.timeout.ms", "1000");
    all.putAll(options.overrides());
    String extra = options.overrides().get("extra.listeners");
    if (extra != null) {
      all.remove("extra.listeners");
      all.put("listeners", all.get("listeners") + "," + extra);
      all.put("advertised.listeners", all.get("advertised.listeners") + "," + extra);
    }
    return all;
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
    } catch (IOException e) {
      throw new IOException(
          "port " + port + " on " + LOOPBACK + " is taken: choose another or stop what uses it", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return probe.getLocalPort();
    }
  }
}
