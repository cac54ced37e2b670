package io.realtime.notify.app.cli;

import io.realtime.notify.app.remote.EventTail;
import io.realtime.notify.app.remote.Json;
import io.realtime.notify.app.remote.RunningNode;
import io.realtime.notify.core.inbox.Position;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what a user receives. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Connect as a client and print the user's events, one a line, until Ctrl-C.",
      "Comes back by itself when the connection ends, and goes on behind the last event. It is a"
          + " connection like any other: what it receives counts as received by the user."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime tail --user user-1",
      "  realtime tail --user user-1 --json --count 1",
      "  realtime tail --user user-1 --after 41-9f86d081884c7d65",
      "  REALTIME_TOKEN=$(realtime token --user ops --role admin) realtime tail --user ops"
          + " --subscribe admin"
    })
final class TailCommand implements Callable<Integer>, EventTail.Watcher {
  /** Ids that are known, to mark what comes again. */
  private static final int MAX_SEEN = 10_000;

  private static final Set<String> TOPICS = Set.of("orders", "inventory", "admin");

  private final Map<String, String> environment;
  private final Set<String> seen = new LinkedHashSet<>();
  @Mixin private final RemoteOption remote = new RemoteOption();

  @Option(names = "--user", required = true, paramLabel = "ID", description = "Whose events.")
  private String user = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Such as admin; counts in development only, a token says it itself.")
  private @Nullable String role;

  @Option(
      names = "--subscribe",
      paramLabel = "WHAT",
      split = ",",
      description = "orders, inventory, admin: besides what the user gets anyway.")
  private List<String> subscriptions = List.of();

  @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
  private int count = Integer.MAX_VALUE;

  @Option(
      names = "--after",
      paramLabel = "POSITION",
      description = "Go on behind this; the id of a frame of --json, or what an earlier run said.")
  private @Nullable String after;

  @Option(names = "--json", description = "Whole frames, nothing else on standard output.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();
  private int shown;

  TailCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Position> start = Optional.ofNullable(after).flatMap(Position::parse);
    if (user.isBlank()
        || count < 1
        || !TOPICS.containsAll(subscriptions)
        || (after != null && start.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "tail: wrong options (expected: --user ID, --count from 1, --subscribe of orders,"
              + " inventory, admin, --after such as 41-9f86d081884c7d65)");
    }
    RunningNode node = remote.node(environment);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("userId", user);
    if (role != null) {
      query.put("role", role);
    }
    List<String> greetings = new ArrayList<>();
    subscriptions.forEach(what -> greetings.add(Json.object(Map.of("event", "subscribe:" + what))));
    EventTail tail = new EventTail(node.url(), query, start, node.token(), greetings, this);
    tail.run();
    tail.position().ifPresent(it -> say("to go on behind this: --after " + it.text()));
    return ExitCode.OK;
  }

  @Override
  public boolean onEvent(String event, Map<String, String> data, String frame) {
    PrintWriter out = spec.commandLine().getOut();
    String id = data.getOrDefault("eventId", "");
    if (id.isEmpty()) {
      note(event, data);
      return true;
    }
    boolean again = !seen.add(id);
    if (seen.size() > MAX_SEEN) {
      seen.remove(seen.iterator().next());
    }
    out.println(
        json
            ? frame
            : event
                + (again ? " (again) " : " ")
                + Json.members(frame).orElse(Map.of()).get("data"));
    out.flush();
    return ++shown < count;
  }

  private void note(String event, Map<String, String> data) {
    switch (event) {
      case "inbox:gap" ->
          say(
              "GAP: "
                  + data.getOrDefault("evicted", "?")
                  + " events are gone ("
                  + data.getOrDefault("reason", "?")
                  + "), from "
                  + data.getOrDefault("since", "?")
                  + " to "
                  + data.getOrDefault("until", "?"));
      case "error" -> say("error: " + data.getOrDefault("message", ""));
      case "connection:success" ->
          say("connected as " + data.getOrDefault("userId", user) + ", " + data.get("role"));
      case "subscribed" -> say("subscribed: " + data.getOrDefault("type", ""));
      default -> say(event + " " + data);
    }
  }

  @Override
  public void onOpen(int nth) {
    if (nth > 0) {
      say("back; what was missed follows");
    }
  }

  @Override
  public void onLost(String why, Duration pause) {
    say("connection lost (" + why + "), again in " + pause.toMillis() + " ms");
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("-- " + what);
    err.flush();
  }
}
