package io.realtime.verification.harness;

import io.realtime.verification.architecture.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The README's code, found by the comments in front of it. */
public final class Readme {
  private Readme() {}

  /** The block behind {@code <!-- kind: name -->}. */
  public static String block(String kind, String name) {
    Matcher found =
        Pattern.compile(
                "<!-- " + kind + ": " + Pattern.quote(name) + " -->\\s*```\\w+\\n(.*?)```",
                Pattern.DOTALL)
            .matcher(text());
    if (!found.find()) {
      throw new AssertionError("README.md has no block " + kind + ": " + name);
    }
    return found.group(1);
  }

  private static String text() {
    try {
      return Files.readString(Repository.find().root().resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command and what is printed below it. */
  public record Example(String command, List<String> output) {}

  /** Commands begin with {@code $ }, may go on behind a backslash, and end with the next one. */
  public static List<Example> examples(String block) {
    List<Example> examples = new ArrayList<>();
    for (String part : block.split("(?m)^\\$ ", -1)) {
      if (!part.isBlank()) {
        String joined = part.replaceAll("\\\\\\n\\s*", "");
        List<String> lines = joined.lines().filter(line -> !line.isBlank()).toList();
        examples.add(new Example(lines.getFirst(), lines.subList(1, lines.size())));
      }
    }
    return examples;
  }

  /**
   * Whether {@code actual} is what the README prints: the same members in the same order; {@code
   * ...} stands for any text and a number for any number.
   */
  public static boolean isAsPrinted(JsonNode printed, JsonNode actual) {
    if (printed.isObject() && actual.isObject()) {
      List<String> names = List.copyOf(printed.propertyNames());
      return names.equals(List.copyOf(actual.propertyNames()))
          && names.stream().allMatch(name -> isAsPrinted(printed.get(name), actual.get(name)));
    }
    if (printed.isString() && actual.isString()) {
      String pattern = Pattern.quote(printed.asString()).replace("...", "\\E.+\\Q");
      return actual.asString().matches(pattern);
    }
    return printed.isNumber() ? actual.isNumber() : printed.equals(actual);
  }
}
