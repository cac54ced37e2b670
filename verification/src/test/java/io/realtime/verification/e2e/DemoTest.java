package io.realtime.verification.e2e;

import static io.realtime.verification.harness.Clients.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Browser.Page;
import io.realtime.verification.harness.Browser.View;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Command;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first minute: broker, service and shop in one. */
@EndToEnd
@Timeout(180)
class DemoTest {
  private final Stack stack;

  DemoTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void demo_onceReady_showsLiveOrdersAndEndsWithEverythingItStarted() {
    try (Command demo = demo("demo", Map.of("REALTIME_PORT", "0", "DEMO_KAFKA_PORT", "0"))) {
      String url = url(demo);
      assertThat(demo.lines().getLast()).isEqualTo("READY " + url);
      try (Page shop = stack.browser().open(url + "/storefront?userId=user-1", View.DESKTOP);
          Page admin = stack.browser().open(url + "/admin", View.DESKTOP)) {
        shop.awaitText("#orders li", "");
        shop.awaitText("#stock li", "");
        admin.awaitText("#feed li", "");
        admin.awaitText("#users", "user-1");
        assertThat(shop.problems()).isEmpty();
        assertThat(admin.problems()).isEmpty();
      }
      List<ProcessHandle> children = demo.children();
      assertThat(children).as("the broker").isNotEmpty();
      demo.interrupt();
      assertThat(demo.awaitEnd()).isEqualTo(130);
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void demo_secure_printsTokensThatWorkAndRefusesOthers() {
    try (Command demo =
        demo("secure", Map.of("REALTIME_PORT", "0", "DEMO_KAFKA_PORT", "0"), "--secure")) {
      String url = url(demo);
      try (Client user = client(url, "userId", "user-1", token(demo, "user-1"));
          Client admin = client(url, "role", "admin", token(demo, "admin-1"));
          Client nobody = client(url, "userId", "user-1", "auth-token-here")) {
        assertThat(user.await("connection:success").path("userId").asString()).isEqualTo("user-1");
        assertThat(admin.await("connection:success").path("role").asString()).isEqualTo("admin");
        admin.await("admin:order:created");
        assertThat(nobody.awaitKind("connect_error").data().path("message").asString())
            .isEqualTo("Authentication failed");
      }
      demo.interrupt();
      demo.awaitEnd();
    }
  }

  @Test
  void demo_onATakenPort_saysSoInOneLine() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Command demo =
            demo("taken", Map.of("REALTIME_PORT", Integer.toString(other.getLocalPort())))) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      assertThat(demo.lines())
          .filteredOn(line -> !line.isBlank())
          .singleElement()
          .asString()
          .contains("Port " + other.getLocalPort())
          .contains("REALTIME_PORT");
    }
  }

  private Command demo(String name, Map<String, String> environment, String... arguments) {
    Path home = stack.folder("demo-" + name);
    List<String> command =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dlogback.configurationFile=logback.xml",
                    "-Drealtime.home=" + home,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.realtime.demo.shop.DemoMain"),
                java.util.Arrays.stream(arguments))
            .toList();
    return Command.start(home, environment, command.toArray(String[]::new));
  }

  private static String url(Command demo) {
    return demo.awaitStart("READY", line -> line.startsWith("READY http://localhost:"))
        .substring("READY ".length());
  }

  private static String token(Command demo, String name) {
    String line = demo.awaitLine(name, said -> said.strip().startsWith(name + ":"));
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private Client client(String url, String name, String value, String token) {
    Map<String, Object> all = options(Map.of(name, value), "websocket");
    all.put("auth", Map.of("token", token));
    return stack.clients().socketIo(url, all);
  }
}
