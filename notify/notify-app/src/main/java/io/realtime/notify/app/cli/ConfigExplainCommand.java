package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.ConfigException;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.config.LoadedConfig;
import io.realtime.notify.app.config.Mode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what {@code serve} would use. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Print every setting as serve would use it, and where it came from.",
      "Secrets are masked. Ends with 78 when serve would refuse to start."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  realtime config explain", "  realtime config explain --env-file .env.production"})
final class ConfigExplainCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Mixin private final EnvFileOption envFile = new EnvFileOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigExplainCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigLoader.load(environment, envFile.file(), Mode.PRODUCTION);
    PrintWriter out = spec.commandLine().getOut();
    int name = width(loaded, true);
    int value = Math.min(60, width(loaded, false));
    for (LoadedConfig.Effective line : loaded.effective()) {
      out.println(pad(line.name(), name) + "  " + pad(line.shown(), value) + "  " + line.origin());
    }
    loaded.warnings().forEach(warning -> out.println("warning: " + warning));
    out.flush();
    if (!loaded.problems().isEmpty()) {
      throw new ConfigException(loaded.problems());
    }
    return ExitCode.OK;
  }

  private static int width(LoadedConfig loaded, boolean names) {
    return loaded.effective().stream()
        .mapToInt(line -> (names ? line.name() : line.shown()).length())
        .max()
        .orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
