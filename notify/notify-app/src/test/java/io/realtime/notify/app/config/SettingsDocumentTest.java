package io.realtime.notify.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in the document and the code say the same, line by line. */
class SettingsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "OPERATIONS.md");

  @Test
  void operationsDocument_settingsTable_equalsTheCode() throws Exception {
    List<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| variable "))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Settings.all().stream().map(SettingsDocumentTest::line).toList());
  }

  private static String line(Setting setting) {
    String aliases =
        setting.aliases().isEmpty()
            ? ""
            : " (alias `" + String.join("`, `", setting.aliases()) + "`)";
    String secret = setting.secret() ? " Secret." : "";
    String cells =
        "`"
            + setting.name()
            + "`"
            + aliases
            + " \t "
            + setting.defaultText()
            + " \t "
            + setting.meaning()
            + "."
            + secret;
    return "| " + cells.replace("|", "\\|").replace('\t', '|') + " |";
  }
}
