package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.token.TokenMint;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token for trying things out. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Print a token signed with JWT_SECRET (HS256), for trying things out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  JWT_SECRET=... realtime token --user user-1",
      "  realtime token --env-file .env.production --user ops --role admin --ttl 15m"
    })
final class TokenCommand implements Callable<Integer> {
  /** A longer life is not for trying things out. */
  static final Duration MAX_TTL = Duration.ofDays(30);

  private static final int MAX_USER_CHARACTERS = 256;

  private final Map<String, String> environment;
  @Mixin private final EnvFileOption envFile = new EnvFileOption();

  @Option(names = "--user", required = true, paramLabel = "ID", description = "The claim sub.")
  private String user = "";

  @Option(names = "--role", paramLabel = "ROLE", description = "The role claim, such as admin.")
  private @Nullable String role;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is valid, such as 15m, at most 30d; 1h when not given.")
  private String ttl = "1h";

  @Spec private CommandSpec spec = CommandSpec.create();

  TokenCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (user.isBlank() || user.length() > MAX_USER_CHARACTERS) {
      throw new ParameterException(
          spec.commandLine(), "--user: \"" + user + "\" (expected: 1 to 256 characters)");
    }
    Duration life = life();
    Config.Auth.Jwt keys = ConfigLoader.signing(environment, envFile.file());
    spec.commandLine()
        .getOut()
        .println(
            new TokenMint(keys, Clock.systemUTC()).mint(user, Optional.ofNullable(role), life));
    return ExitCode.OK;
  }

  private Duration life() {
    try {
      Duration life = ConfigLoader.duration(ttl, MAX_TTL);
      if (!life.isZero()) {
        return life;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--ttl: \"" + ttl + "\" (expected: " + e.getMessage() + ")", e);
    }
    throw new ParameterException(spec.commandLine(), "--ttl: \"" + ttl + "\" (expected: more)");
  }
}
