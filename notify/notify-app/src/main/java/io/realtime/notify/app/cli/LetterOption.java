package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.kafka.replay.LetterFilter;
import io.realtime.notify.kafka.replay.LetterState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which letters are meant. */
final class LetterOption {
  private static final Duration LONGEST = Duration.ofDays(365);

  @Spec(Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "DESERIALIZE, VALIDATE, ROUTE or APPEND.")
  private @Nullable String stage;

  @Option(names = "--code", paramLabel = "CODE", description = "Such as MISSING_FIELD.")
  private @Nullable String code;

  @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic it came from.")
  private @Nullable String topic;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Whom it was for: buyerId or userId of the value, else the key.")
  private @Nullable String user;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Failed at or after: 2026-11-24T10:00:00Z, or 2h ago as 2h.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Failed before.")
  private @Nullable String until;

  /** Those that fit, in any state. */
  LetterFilter filter(Collection<String> ids) {
    return new LetterFilter(
        Set.copyOf(ids),
        Optional.ofNullable(stage),
        Optional.ofNullable(code),
        Optional.ofNullable(topic),
        Optional.ofNullable(user),
        time("--since", since),
        time("--until", until),
        EnumSet.allOf(LetterState.class));
  }

  private Optional<Instant> time(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notAnInstant) {
      try {
        Duration ago = ConfigLoader.duration(text, LONGEST);
        return Optional.of(InstantSource.system().instant().minus(ago));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            mixee.commandLine(),
            option + ": \"" + text + "\" (expected: 2026-11-24T10:00:00Z, or 30m, 2h, 7d)",
            e);
      }
    }
  }
}
