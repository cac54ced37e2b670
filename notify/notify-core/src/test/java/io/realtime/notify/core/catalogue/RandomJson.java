package io.realtime.notify.core.catalogue;

import java.util.List;
import java.util.Random;

/** Valid JSON of every kind, with odd white space, escapes and numbers. */
final class RandomJson {
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "1.0",
          "1e5",
          "-12.50E-3",
          "12345678901234567890",
          "\"\"",
          "\"a\\\"b\"",
          "\"}{,:\"",
          "\"\\u0000\\ud83d\\ude00\"",
          "\"é€😀\"",
          "\"\\\\\"");
  private static final List<String> SPACES = List.of("", "", " ", "\n", "\t \r\n");

  private RandomJson() {}

  /** Some members, each with a comma behind it, none with a name that the catalogue knows. */
  static String members(Random random, int depth) {
    StringBuilder json = new StringBuilder();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      json.append(space(random)).append("\"k").append(i).append("\\u0041é\"").append(space(random));
      json.append(':').append(space(random)).append(value(random, depth)).append(space(random));
      json.append(',');
    }
    return json.toString();
  }

  private static String value(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 1 -> "{" + trimmed(members(random, depth - 1)) + "}";
      case 2 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default -> SCALARS.get(random.nextInt(SCALARS.size()));
    };
  }

  private static String trimmed(String members) {
    return members.isEmpty() ? members : members.substring(0, members.length() - 1);
  }

  private static String space(Random random) {
    return SPACES.get(random.nextInt(SPACES.size()));
  }
}
