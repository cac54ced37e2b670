package io.realtime.notify.app.cli;

import io.realtime.notify.app.remote.Json;
import io.realtime.notify.app.remote.RemoteFailedException;
import io.realtime.notify.app.remote.RunningNode;
import io.realtime.notify.kafka.client.OneRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one event. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Send one event: through REST of a running service, or with --kafka straight to a topic.",
      "Prints the answer (REST) or topic-partition@offset (Kafka)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime send notification userId=user-1 message=Hello",
      "  realtime send order userId=user-1 orderId=o-1 status=shipped --idempotency-key k-1",
      "  realtime send inventory productId=p-1 stock:=5",
      "  realtime send admin event=admin:notice 'data:={\"text\":\"at noon\"}'",
      "  realtime send order.created buyerId=user-1 orderId=o-1 --kafka --brokers localhost:9092"
    })
final class SendCommand implements Callable<Integer> {
  /** What REST takes. */
  private enum Kind {
    NOTIFICATION("/realtime/test/notification"),
    ORDER("/realtime/broadcast/order"),
    INVENTORY("/realtime/broadcast/inventory"),
    ADMIN("/realtime/broadcast/admin");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    static Optional<Kind> named(String name) {
      return Stream.of(values())
          .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
          .findFirst();
    }
  }

  private final Map<String, String> environment;
  @Mixin private final RemoteOption remote = new RemoteOption();
  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      description = "notification, order, inventory or admin; with --kafka a topic.")
  private String type = "";

  @Parameters(
      index = "1..*",
      paramLabel = "FIELD",
      description = "name=text, or name:=JSON for numbers, objects and the like.")
  private List<String> fields = List.of();

  @Option(names = "--data", paramLabel = "JSON", description = "The whole payload instead.")
  private @Nullable String data;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeat safely: one event for one key within 24 hours. REST only.")
  private @Nullable String idempotencyKey;

  @Option(names = "--kafka", description = "Straight to the topic TYPE.")
  private boolean straight;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The record's key; else buyerId, userId or productId. With --kafka only.")
  private @Nullable String key;

  @Spec private CommandSpec spec = CommandSpec.create();

  SendCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String payload = payload();
    return straight ? produce(payload) : post(payload);
  }

  private int post(String payload) {
    Optional<Kind> kind = Kind.named(type);
    if (kind.isEmpty() || key != null) {
      throw wrong(
          kind.isEmpty()
              ? "TYPE: \""
                  + type
                  + "\" (expected: notification, order, inventory or admin;"
                  + " a topic needs --kafka)"
              : "--key: given without --kafka (expected: the service chooses the key)");
    }
    RunningNode.Answer answer =
        remote
            .node(environment)
            .post(kind.get().path, payload, Optional.ofNullable(idempotencyKey));
    if (!answer.isOk()) {
      throw new RemoteFailedException(answer.problem());
    }
    spec.commandLine().getOut().println(answer.body());
    return ExitCode.OK;
  }

  private int produce(String payload) {
    if (!type.contains(".") || idempotencyKey != null) {
      throw wrong(
          idempotencyKey == null
              ? "TYPE: \"" + type + "\" (expected: a topic such as order.created, with --kafka)"
              : "--idempotency-key: given with --kafka (expected: REST has it)");
    }
    Map<String, String> members = Json.members(payload).orElse(Map.of());
    Optional<byte[]> recordKey =
        Stream.concat(
                Optional.ofNullable(key).stream(),
                Stream.of("buyerId", "userId", "productId").flatMap(n -> of(members, n)))
            .findFirst()
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    String where =
        OneRecord.send(
            kafka.settings(environment), type, recordKey, payload.getBytes(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println(where);
    return ExitCode.OK;
  }

  private static Stream<String> of(Map<String, String> members, String name) {
    return Optional.ofNullable(members.get(name)).stream();
  }

  private String payload() {
    if (data != null) {
      if (!fields.isEmpty()) {
        throw wrong("--data: given beside fields (expected: one of them)");
      }
      if (!straight && !Json.isValue(data)) {
        throw wrong("--data: not JSON (expected: one JSON value)");
      }
      return data;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      boolean raw = equals > 1 && field.charAt(equals - 1) == ':';
      String name = field.substring(0, Math.max(0, raw ? equals - 1 : equals));
      String value = field.substring(equals + 1);
      if (name.isEmpty()) {
        throw wrong("FIELD: \"" + field + "\" (expected: name=text or name:=JSON)");
      }
      if (raw && !Json.isValue(value)) {
        throw wrong("FIELD: \"" + field + "\" (expected: JSON behind :=)");
      }
      members.put(name, raw ? new Json.Raw(value) : value);
    }
    return Json.object(members);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
