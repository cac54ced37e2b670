package io.realtime.notify.app.cli;

import io.realtime.notify.app.remote.RunningNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that talks to a running service. */
final class RemoteOption {
  /** Environment variables of the command line alone; {@code serve} has no use for them. */
  static final String URL = "REALTIME_URL";

  static final String TOKEN = "REALTIME_TOKEN";

  @Spec(Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The service; else $REALTIME_URL, else http://localhost:3009.")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "A token (see: realtime token); else $REALTIME_TOKEN. None in development.")
  private @Nullable String token;

  RunningNode node(Map<String, String> environment) {
    String text = url == null ? environment.getOrDefault(URL, "http://localhost:3009") : url;
    return new RunningNode(parse(text), token(environment));
  }

  private URI parse(String text) {
    try {
      URI parsed = URI.create(text);
      String scheme = parsed.getScheme();
      if (("http".equals(scheme) || "https".equals(scheme)) && parsed.getHost() != null) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ParameterException(
        mixee.commandLine(), "--url: \"" + text + "\" (expected: http://HOST:PORT or https://...)");
  }

  private Optional<String> token(Map<String, String> environment) {
    String text = token == null ? environment.getOrDefault(TOKEN, "") : token;
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }
}
