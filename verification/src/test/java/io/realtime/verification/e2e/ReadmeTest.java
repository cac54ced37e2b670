package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.notification;
import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Command;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Readme;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import io.realtime.verification.harness.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README is run as it stands; only the address differs. */
@EndToEnd
class ReadmeTest {
  private static final String ADDRESS = "localhost:3009";

  private final Stack stack;

  ReadmeTest(Stack stack) {
    this.stack = stack;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "development | websocket",
        "development | polling",
        "development | websocket,polling",
        "jwt         | websocket",
        "jwt         | polling",
        "jwt         | websocket,polling",
      })
  void snippets_unchanged_showOrdersOfTheirUserAndTheFeed(String mode, String transports)
      throws IOException {
    String userId = unique("shopper");
    String other = unique("other");
    try (Command user = snippet("user.mjs", mode, userId, false, transports);
        Command admin = snippet("admin.mjs", mode, unique("boss"), true, transports)) {
      user.awaitLine("connected", line -> line.startsWith("connected " + userId));
      user.awaitLine("subscribed", line -> line.equals("subscribed inventory"));
      admin.awaitLine("connected", line -> line.matches("connected boss-\\w+ admin"));
      admin.awaitLine("subscribed", line -> line.equals("subscribed admin"));
      admin.awaitLine("stats", line -> line.matches("stats \\d+ \\d+"));

      stack.kafka().send("order.created", "one-key", order("not-" + userId, other));
      stack.kafka().send("order.created", "one-key", order("of-" + userId, userId));
      stack.kafka().send("order.updated", userId, order("of-" + userId, userId));
      stack.kafka().send("notification.general", userId, notification(userId, "Hi " + userId));
      stack.kafka().send("inventory.updated", "product-1", EventTableTest.stock("product-1", 4711));

      user.awaitLine("its order", line -> isEvent(line, "order:created", "of-" + userId));
      user.awaitLine("the update", line -> isEvent(line, "order:updated", "of-" + userId));
      user.awaitLine("the message", line -> isEvent(line, "notification", "Hi " + userId));
      user.awaitLine("the stock", line -> isEvent(line, "inventory:updated", "4711"));
      admin.awaitLine("the feed", line -> isEvent(line, "admin:order:created", "of-" + userId));
      // The other user's order was produced ahead of ours on the same partition.
      assertThat(user.lines()).noneMatch(line -> line.contains("not-" + userId));
      assertThat(user.lines()).noneMatch(line -> line.startsWith("connect_error"));
    }
  }

  @ParameterizedTest
  @CsvSource({"development", "jwt"})
  void adminSnippet_withoutTheRole_getsError(String mode) throws IOException {
    try (Command pretender = snippet("admin.mjs", mode, unique("user"), false, "websocket")) {
      List<String> errors =
          pretender.awaitLines("errors", 2, line -> line.equals("error Admin access required"));
      assertThat(errors).hasSize(2);
      assertThat(pretender.lines()).noneMatch(line -> line.startsWith("admin:"));
    }
  }

  @ParameterizedTest
  @CsvSource({"development", "jwt"})
  void curlLines_printWhatIsPrinted(String mode) {
    Service service = service(mode);
    List<Readme.Example> examples = Readme.examples(Readme.block("run", "curl"));
    assertThat(examples).isNotEmpty();
    for (Readme.Example example : examples) {
      String command = example.command().replace(ADDRESS, "localhost:" + service.port());
      if (mode.equals("jwt")) {
        command += " -H \"authorization: Bearer $TOKEN\"";
      }
      try (Command curl =
          Command.start(
              stack.js(),
              Map.of("TOKEN", Tokens.admin("ops")),
              "sh",
              "-c",
              command.replaceFirst("^curl", "curl --silent --show-error"))) {
        String actual = curl.awaitLine("an answer", line -> line.startsWith("{"));
        assertThat(curl.awaitEnd()).isZero();
        assertThat(Readme.isAsPrinted(Json.read(example.output().getFirst()), Json.read(actual)))
            .as(example.command() + " printed " + actual)
            .isTrue();
      }
    }
  }

  @Test
  void wscatLine_printsWhatIsPrinted() {
    Readme.Example example = Readme.examples(Readme.block("run", "wscat")).getFirst();
    String command = example.command().replace(ADDRESS, "localhost:" + stack.service().port());
    List<String> received = new ArrayList<>();
    // A terminal of its own, as wscat has with a person in front of it.
    try (Command wscat =
        Command.start(stack.js(), Map.of(), "script", "-qefc", command, "/dev/null")) {
      for (String line : example.output()) {
        if (line.startsWith("> ")) {
          wscat.type(line.substring(2));
        } else {
          List<String> answers =
              wscat.awaitLines(line, received.size() + 1, said -> said.contains("< {"));
          String answer = answers.getLast();
          received.add(answer);
          String actual = answer.substring(answer.indexOf("< {") + 2);
          assertThat(Readme.isAsPrinted(Json.read(line.substring(2)), Json.read(actual)))
              .as(line + " was " + actual)
              .isTrue();
        }
      }
    }
    assertThat(received).hasSizeGreaterThanOrEqualTo(2);
  }

  private Command snippet(String name, String mode, String userId, boolean admin, String transports)
      throws IOException {
    String file = unique("readme") + "-" + name;
    Files.writeString(stack.js().resolve(file), Readme.block("snippet", name));
    Map<String, String> environment = new HashMap<>();
    environment.put("REALTIME_URL", service(mode).url());
    environment.put("USER_ID", userId);
    environment.put("TRANSPORTS", transports);
    if (mode.equals("jwt")) {
      environment.put("TOKEN", admin ? Tokens.admin(userId) : Tokens.user(userId));
    } else {
      environment.put("ROLE", admin ? "admin" : "user");
    }
    return Command.start(stack.js(), environment, "node", file);
  }

  private Service service(String mode) {
    return mode.equals("jwt") ? stack.jwtService() : stack.service();
  }

  private static boolean isEvent(String line, String event, String text) {
    return line.startsWith(event + " {") && line.contains(text);
  }
}
