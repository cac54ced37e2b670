package io.realtime.notify.app.config;

import io.realtime.socketio.server.api.CorsPolicy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** How values are written. The message of each exception is what would have been right. */
final class Values {
  /** More brokers or origins than this in one list is a mistake. */
  static final int MAX_LIST = 100;

  private static final Pattern HOST_PORT =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?\\]):(\\d{1,5})");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,255}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Values() {}

  static Function<String, Integer> integer(String what, int min, int max) {
    return text -> {
      if (text.startsWith("tcp://")) {
        throw new IllegalArgumentException(
            what
                + "; this one was set by Kubernetes for a service of that name: set"
                + " enableServiceLinks: false, or the variable itself");
      }
      return parse(what, text, Integer::valueOf, value -> value >= min && value <= max);
    };
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  static BigDecimal threshold(String text) {
    String what = "a number from 0 to 1000000000";
    return parse(
        what,
        text,
        digits -> {
          if (digits.length() > 20) {
            throw new NumberFormatException();
          }
          return new BigDecimal(digits);
        },
        value ->
            value.signum() >= 0
                && Math.abs(value.scale()) < 10
                && value.compareTo(BigDecimal.valueOf(1_000_000_000)) <= 0);
  }

  private static <T> T parse(
      String what, String text, Function<String, T> parser, Function<T, Boolean> allowed) {
    try {
      T value = parser.apply(text);
      if (allowed.apply(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what, e);
    }
    throw new IllegalArgumentException(what);
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ")));
    };
  }

  static Mode mode(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "production", "prod" -> Mode.PRODUCTION;
      case "development", "dev", "test" -> Mode.DEVELOPMENT;
      default -> throw new IllegalArgumentException("production, development or test");
    };
  }

  static LogLevel logLevel(String text) {
    return LogLevel.named(text).orElseThrow(() -> new IllegalArgumentException(LogLevel.NAMES));
  }

  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException("a host name or an address, such as 0.0.0.0");
    }
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  static String brokers(String text) {
    String what = "host:port, several of them joined by commas, such as kafka-1:9092,kafka-2:9092";
    return list(text, what).stream()
        .map(
            entry -> {
              Matcher broker = HOST_PORT.matcher(entry);
              if (!broker.matches()
                  || Integer.parseInt(broker.group(1)) < 1
                  || Integer.parseInt(broker.group(1)) > 65_535) {
                throw new IllegalArgumentException(what);
              }
              return entry;
            })
        .collect(Collectors.joining(","));
  }

  static String group(String text) {
    if (text.length() > 255) {
      throw new IllegalArgumentException("at most 255 characters");
    }
    return text;
  }

  static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "a Java regular expression; " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  /** {@code 90s}, {@code 15m}, ...; a plain number is not enough: of what? */
  static Duration duration(String text, Duration longest) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      if (duration.compareTo(longest) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        "a number and its unit (ms, s, m, h, d), at most " + longest.toDays() + "d, such as 30m");
  }

  static List<String> claimPath(String text) {
    List<String> path = List.of(text.split("\\.", -1));
    if (path.size() > 8 || path.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("names joined by dots, such as realm_access.roles");
    }
    return path;
  }

  static CorsPolicy cors(String text) {
    if (text.equals("*")) {
      return CorsPolicy.any();
    }
    String what =
        "*, or origins joined by commas, such as https://shop.example,http://localhost:5173";
    Set<String> origins = new LinkedHashSet<>();
    for (String entry : list(text, what)) {
      origins.add(origin(entry, what));
    }
    return CorsPolicy.origins(Set.copyOf(origins)).withCredentials();
  }

  private static String origin(String text, String what) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri.toString().toLowerCase(Locale.ROOT);
      }
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException(what, e);
    }
    throw new IllegalArgumentException(what);
  }

  private static List<String> list(String text, String what) {
    List<String> entries =
        Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (entries.isEmpty() || entries.size() > MAX_LIST) {
      throw new IllegalArgumentException(what);
    }
    return entries;
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw new IllegalArgumentException("a path", e);
    }
  }
}
