package io.realtime.notify.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that reads settings. */
final class EnvFileOption {
  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Read settings from FILE too, lines NAME=value; the environment wins.")
  private @Nullable Path file;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
