package io.realtime.verification.bench;

import io.realtime.verification.bench.load.Dialect;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server that takes part, by the name that the report uses. */
enum Contender {
  OURS("ours", Dialect.SOCKET_IO) {
    @Override
    List<String> command(Setting setting) {
      List<String> command = java(setting.javaCommand());
      command.addAll(setting.ourFlags());
      command.addAll(List.of("-cp", classPath(), SERVERS + "OurServer", setting.transport()));
      return command;
    }
  },
  RAW_NETTY("raw-netty", Dialect.RAW) {
    @Override
    List<String> command(Setting setting) {
      List<String> command = java(setting.javaCommand());
      command.addAll(List.of("-cp", classPath(), SERVERS + "RawServer", setting.transport()));
      return command;
    }
  },
  NODE("node", Dialect.SOCKET_IO) {
    @Override
    List<String> command(Setting setting) {
      return List.of("node", "--expose-gc", setting.home().resolve("node/server.mjs").toString());
    }
  },
  NETTY_SOCKETIO("netty-socketio", Dialect.SOCKET_IO) {
    @Override
    List<String> command(Setting setting) {
      Path folder = setting.home().resolve("netty-socketio");
      List<String> command = java(List.of(JAVA, "-Xmx2g", "-XX:+UseG1GC"));
      command.addAll(
          List.of(
              "-cp",
              folder.resolve("classes") + ":" + folder.resolve("lib") + "/*:" + testClasses(),
              "NettySocketioPeer"));
      return command;
    }
  },
  CENTRIFUGE("centrifuge", Dialect.CENTRIFUGE) {
    @Override
    List<String> command(Setting setting) {
      return List.of(program(setting).toString());
    }

    @Override
    Optional<String> missing(Setting setting) {
      return Files.isExecutable(program(setting))
          ? Optional.empty()
          : Optional.of("centrifuge: left out, Go is missing");
    }

    private static Path program(Setting setting) {
      return setting.home().resolve("centrifuge");
    }
  };

  private static final String SERVERS = "io.realtime.verification.bench.server.";
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";

  private final String wireName;
  private final Dialect dialect;

  Contender(String wireName, Dialect dialect) {
    this.wireName = wireName;
    this.dialect = dialect;
  }

  /**
   * What the launcher has made ready.
   *
   * @param home holds the peers
   * @param javaCommand how the product's launcher starts a JVM: its environment, java, its flags
   * @param ourFlags more of them for our server alone, to profile it
   */
  record Setting(Path home, String transport, List<String> javaCommand, List<String> ourFlags) {}

  String wireName() {
    return wireName;
  }

  Dialect dialect() {
    return dialect;
  }

  abstract List<String> command(Setting setting);

  /** Why it cannot take part. */
  Optional<String> missing(Setting setting) {
    return Optional.empty();
  }

  static Contender named(String name) {
    return Arrays.stream(values())
        .filter(contender -> contender.wireName.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--servers: no such server: " + name));
  }

  private static List<String> java(List<String> java) {
    List<String> command = new ArrayList<>(java);
    command.add("-Dlogback.configurationFile=logback-conformance.xml");
    return command;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String testClasses() {
    return classPath().split(File.pathSeparator, 2)[0];
  }
}
