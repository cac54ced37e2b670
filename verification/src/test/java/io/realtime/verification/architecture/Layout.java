package io.realtime.verification.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may use what, in one place; docs/ARCHITECTURE.md says why. */
final class Layout {

  /**
   * Each module's package below the root package, with the packages of other modules that it may
   * use, their sub-packages included. A module that is not listed may not exist.
   */
  static final Map<String, List<String>> MAY_USE = mayUse();

  /** Packages of a library, with the only packages below the root that may use it. */
  static final Map<String, List<String>> LIBRARY_OWNERS = libraryOwners();

  /** Each module's artifact, with the modules it may ship with, direct dependencies only. */
  static final Map<String, List<String>> MAY_DEPEND = mayDepend();

  /** Files that were past the cap when it came: they may only shrink, and none may be added. */
  static final Map<String, Integer> KNOWN_LONG_FILES = Map.of("WebSocketTest.java", 454);

  private Layout() {}

  private static Map<String, List<String>> mayUse() {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    rules.put("socketio.protocol", List.of());
    rules.put("socketio.server", List.of("socketio.protocol"));
    rules.put("socketio.netty", List.of("socketio.server", "socketio.protocol"));
    List<String> library =
        List.of("socketio.server.api", "socketio.server.http", "socketio.protocol");
    rules.put("examples", with(library, "socketio.netty"));
    rules.put("notify.core", library);
    rules.put("notify.sqlite", List.of("notify.core"));
    rules.put("notify.kafka", List.of("notify.core"));
    rules.put("notify.http", with(library, "notify.core"));
    rules.put(
        "notify.app",
        with(
            library,
            "notify.core",
            "notify.sqlite",
            "notify.kafka",
            "notify.http",
            "socketio.netty"));
    rules.put("demo.broker", List.of());
    rules.put("demo.shop", List.of("demo.broker", "notify.app", "notify.core"));
    return rules;
  }

  private static Map<String, List<String>> libraryOwners() {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    owners.put("io.netty", List.of("socketio.netty"));
    owners.put("org.apache.kafka", List.of("notify.kafka", "demo"));
    owners.put("kafka", List.of("demo.broker"));
    owners.put("org.sqlite", List.of("notify.sqlite"));
    owners.put("java.sql", List.of("notify.sqlite"));
    owners.put("tools.jackson.databind", List.of("notify.http"));
    owners.put("tools.jackson.dataformat", List.of("notify.http"));
    owners.put("com.networknt", List.of("notify.http"));
    owners.put("com.nimbusds", List.of("notify.core", "notify.app"));
    owners.put("io.micrometer", List.of("notify"));
    owners.put("ch.qos.logback", List.of("notify.app", "demo.broker"));
    owners.put("picocli", List.of("notify.app", "demo.shop"));
    return owners;
  }

  private static Map<String, List<String>> mayDepend() {
    Map<String, List<String>> modules = new LinkedHashMap<>();
    modules.put("socketio-protocol", List.of());
    modules.put("socketio-server", List.of("socketio-protocol"));
    modules.put("socketio-client-bundle", List.of());
    modules.put("socketio-netty", List.of("socketio-server", "socketio-client-bundle"));
    modules.put("examples", List.of("socketio-netty"));
    modules.put("notify-core", List.of("socketio-server"));
    modules.put("notify-sqlite", List.of("notify-core"));
    modules.put("notify-kafka", List.of("notify-core"));
    modules.put("notify-http", List.of("notify-core", "socketio-client-bundle"));
    modules.put(
        "notify-app", List.of("notify-sqlite", "notify-kafka", "notify-http", "socketio-netty"));
    modules.put("demo-broker", List.of());
    modules.put("demo-shop", List.of("notify-app", "demo-broker"));
    modules.put("verification", List.of());
    return modules;
  }

  private static List<String> with(List<String> some, String... more) {
    return java.util.stream.Stream.concat(some.stream(), java.util.Arrays.stream(more)).toList();
  }
}
