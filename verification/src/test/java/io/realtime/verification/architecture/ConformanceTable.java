package io.realtime.verification.architecture;

import io.realtime.verification.architecture.Repository.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages that map facts of the protocol, and faults, to tests. Each rule returns its violations. */
final class ConformanceTable {
  static final String PAGE = "docs/CONFORMANCE.md";

  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern TEST_ANNOTATION = Pattern.compile("@\\w*Test\\b");
  private static final Pattern HEADING = Pattern.compile("\\|\\s*(?:fact|case|-+)\\s*\\|.*");

  private ConformanceTable() {}

  /** Lines of the table that name no test. */
  static List<String> factsWithoutATest(String page) {
    return page.lines()
        .filter(line -> line.startsWith("|") && !HEADING.matcher(line).matches())
        .filter(line -> !TEST.matcher(line).find())
        .toList();
  }

  /** Tests that the page names and nobody has written. */
  static List<String> testsThatDoNotExist(String page, List<SourceFile> files) {
    List<String> missing = new ArrayList<>();
    Matcher named = TEST.matcher(page);
    while (named.find()) {
      String file = "/" + named.group(1) + ".java";
      boolean exists =
          files.stream()
              .filter(SourceFile::test)
              .filter(source -> source.path().endsWith(file))
              .anyMatch(source -> isTest(source.text(), named.group(2)));
      if (!exists) {
        missing.add(named.group());
      }
    }
    return missing;
  }

  /** Whether the annotations of that method, behind the one before it, make it a test. */
  private static boolean isTest(String source, String method) {
    int at = source.indexOf("void " + method + "(");
    if (at < 0) {
      return false;
    }
    int before = Math.max(0, source.lastIndexOf("\n  }\n", at));
    return TEST_ANNOTATION.matcher(source.substring(before, at)).find();
  }
}
