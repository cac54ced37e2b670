package io.realtime.verification.architecture;

import io.realtime.verification.architecture.Repository.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules over source texts. Each returns its violations as {@code path:line: text}. */
final class SourceRules {
  /** The longest Java or JavaScript file, in lines: past it a file does more than one thing. */
  static final int MAX_LINES = 400;

  private static final Pattern SLEEP =
      Pattern.compile(
          "\\bThread\\s*\\.\\s*sleep\\s*\\(|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep\\b");
  private static final Pattern SKIPPED =
      Pattern.compile("@(?:Disabled)\\w*\\b|\\bassum(?:e(?:True|False|That)|ing)\\w*\\s*\\(");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.}$-])/(?:work|tmp)(?![\\w.-])");
  private static final Pattern REGISTRY_HOST =
      Pattern.compile("(?:registry\\W+npmjs|repo1?\\W+maven\\W+apache|repo1\\W+maven)\\W+org\\b");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern EVENT_OR_TOPIC =
      Pattern.compile(
          "(?:admin:)?(?:order|product)[:.].*"
              + "|(?:admin:)?inventory[:.](?:updated.*)?"
              + "|(?:admin:)?notification(?:[:.].*)?"
              + "|admin:alert");
  private static final String CATALOGUE = "/notify/core/catalogue/";

  private SourceRules() {}

  /** Tests wait for what they expect, never for time to pass. */
  static List<String> sleepsInTests(List<SourceFile> files) {
    return lines(files, file -> file.java() && file.test(), SLEEP);
  }

  /** A test that is skipped proves nothing. */
  static List<String> skippedTests(List<SourceFile> files) {
    return lines(files, file -> file.java() && file.test(), SKIPPED);
  }

  /** Paths that only some machine has. */
  static List<String> machinePaths(List<SourceFile> files) {
    return lines(files, file -> true, MACHINE_PATH);
  }

  /** Hosts of package registries: which one is used is the machine's setting. */
  static List<String> registryHosts(List<SourceFile> files) {
    return lines(files, file -> true, REGISTRY_HOST);
  }

  /**
   * Files above {@link #MAX_LINES}, but for those that {@code known} names with the size that they
   * must not grow beyond, by the last part of their path.
   */
  static List<String> longFiles(List<SourceFile> files, Map<String, Integer> known) {
    return files.stream()
        .filter(file -> file.path().matches(".*\\.(java|m?js)"))
        .filter(
            file ->
                file.text().lines().count()
                    > known.getOrDefault(
                        file.path().substring(file.path().lastIndexOf('/') + 1), MAX_LINES))
        .map(file -> file.path() + ": " + file.text().lines().count() + " lines")
        .toList();
  }

  /** Every package of main code says what it is for, who owns its state, and is null-marked. */
  static List<String> undescribedPackages(List<SourceFile> files) {
    Set<String> described = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (SourceFile file : files) {
      if (file.java() && file.path().contains("src/main/java/")) {
        String folder = file.path().substring(0, file.path().lastIndexOf('/'));
        used.add(folder);
        String text = file.text();
        if (file.path().endsWith("/package-info.java")
            && text.startsWith("/**")
            && text.contains("@NullMarked")) {
          described.add(folder);
        }
      }
    }
    used.removeAll(described);
    return used.stream().sorted().toList();
  }

  /** String literals of shipped code outside the catalogue that name a topic or an event. */
  static List<String> eventNamesOutsideCatalogue(List<SourceFile> files) {
    List<String> violations = new ArrayList<>();
    for (SourceFile file : files) {
      if (!file.java()
          || file.test()
          || file.path().startsWith("demo/")
          || file.path().contains(CATALOGUE)) {
        continue;
      }
      int number = 0;
      for (String line : file.text().lines().toList()) {
        number++;
        String code = line.strip();
        if (code.startsWith("*") || code.startsWith("//") || code.startsWith("/*")) {
          continue;
        }
        Matcher literal = LITERAL.matcher(line);
        while (literal.find()) {
          if (EVENT_OR_TOPIC.matcher(literal.group(1)).matches()) {
            violations.add(file.path() + ":" + number + ": " + code);
          }
        }
      }
    }
    return violations;
  }

  private static List<String> lines(
      List<SourceFile> files, Predicate<SourceFile> which, Pattern forbidden) {
    List<String> violations = new ArrayList<>();
    for (SourceFile file : files) {
      if (!which.test(file)) {
        continue;
      }
      int number = 0;
      for (String line : file.text().lines().toList()) {
        number++;
        if (forbidden.matcher(line).find()) {
          violations.add(file.path() + ":" + number + ": " + line.strip());
        }
      }
    }
    return violations;
  }
}
