package io.realtime.notify.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines as dotenv reads them: {@code #} comments, {@code export},
 * single quotes (as they are) and double quotes ({@code \n}, {@code \"}, {@code \\}). The last of
 * several lines of one name holds.
 *
 * @param lines by name
 * @param problems lines that cannot be understood
 */
record EnvFile(Map<String, Line> lines, List<String> problems) {
  /** A longer file is not a settings file. */
  static final long MAX_BYTES = 1024 * 1024;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*)");

  /** A value and where it stands. */
  record Line(String value, String origin) {}

  static EnvFile read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return failed(file, "longer than " + MAX_BYTES + " bytes (expected: lines NAME=value)");
      }
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return failed(file, "no such file (expected: the path of a file with lines NAME=value)");
    } catch (CharacterCodingException e) {
      return failed(file, "not UTF-8 text (expected: lines NAME=value)");
    } catch (IOException e) {
      return failed(file, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static EnvFile failed(Path file, String why) {
    return new EnvFile(Map.of(), List.of("--env-file " + file + ": " + why));
  }

  static EnvFile parse(String name, String text) {
    Map<String, Line> lines = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String raw : (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList()) {
      number++;
      String line = raw.strip();
      String origin = name + ":" + number;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        problems.add(origin + ": not understood (expected: NAME=value)");
        continue;
      }
      try {
        lines.put(assignment.group(1), new Line(unquote(assignment.group(2)), origin));
      } catch (IllegalArgumentException e) {
        problems.add(origin + ": " + e.getMessage());
      }
    }
    return new EnvFile(lines, problems);
  }

  private static String unquote(String text) {
    if (text.startsWith("'") || text.startsWith("\"")) {
      char quote = text.charAt(0);
      int end = closing(text, quote);
      String rest = text.substring(end + 1).strip();
      if (!rest.isEmpty() && !rest.startsWith("#")) {
        throw new IllegalArgumentException("text behind the closing quote (expected: a comment)");
      }
      String inside = text.substring(1, end);
      return quote == '\'' ? inside : unescape(inside);
    }
    int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  private static int closing(String text, char quote) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    throw new IllegalArgumentException("the quote is not closed (expected: one line per value)");
  }

  private static String unescape(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        result.append(c);
        continue;
      }
      char next = text.charAt(++i);
      switch (next) {
        case 'n' -> result.append('\n');
        case 'r' -> result.append('\r');
        case 't' -> result.append('\t');
        case '"', '\\', '$' -> result.append(next);
        default -> result.append(c).append(next);
      }
    }
    return result.toString();
  }
}
