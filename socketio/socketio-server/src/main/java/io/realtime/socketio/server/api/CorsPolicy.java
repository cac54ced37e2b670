package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which pages may read answers, as npm's {@code cors} middleware has it. Not an access check: what
 * is not allowed is served without the headers that let a browser show it to the page.
 *
 * @param origin which origins are allowed
 * @param credentials whether cookies may come along; never together with {@link OriginRule.Any}
 * @param methods what a preflight is told
 * @param allowedHeaders what a preflight is told; empty: what it asks for
 * @param exposedHeaders response headers that a page may read besides the simple ones
 * @param maxAge how long a preflight's answer holds
 */
public record CorsPolicy(
    OriginRule origin,
    boolean credentials,
    List<String> methods,
    Optional<List<String>> allowedHeaders,
    List<String> exposedHeaders,
    Optional<Duration> maxAge) {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  public CorsPolicy {
    if (credentials && origin instanceof OriginRule.Any) {
      throw new IllegalArgumentException("origin: * with credentials (expected: named origins)");
    }
    methods = tokens("methods", methods);
    allowedHeaders = allowedHeaders.map(names -> tokens("allowedHeaders", names));
    exposedHeaders = tokens("exposedHeaders", exposedHeaders);
  }

  /** Everyone: {@code *}. */
  public static CorsPolicy any() {
    return of(new OriginRule.Any());
  }

  /** One origin, told to everyone. */
  public static CorsPolicy origin(String origin) {
    return of(new OriginRule.Fixed(origin));
  }

  /** Exactly these origins, {@code scheme://host[:port]}. */
  public static CorsPolicy origins(Set<String> origins) {
    return of(new OriginRule.OneOf(origins));
  }

  /** Origins in which {@code pattern} is found; anchor it to match whole ones. */
  public static CorsPolicy matching(Pattern pattern) {
    return of(new OriginRule.Matching(pattern.asPredicate()));
  }

  /** Origins that {@code allowed} says yes to; called on an event loop, must not block. */
  public static CorsPolicy matching(Predicate<String> allowed) {
    return of(new OriginRule.Matching(allowed));
  }

  private static CorsPolicy of(OriginRule rule) {
    return new CorsPolicy(rule, false, METHODS, Optional.empty(), List.of(), Optional.empty());
  }

  public CorsPolicy withCredentials() {
    return new CorsPolicy(origin, true, methods, allowedHeaders, exposedHeaders, maxAge);
  }

  public CorsPolicy withMethods(String... names) {
    return new CorsPolicy(
        origin, credentials, List.of(names), allowedHeaders, exposedHeaders, maxAge);
  }

  public CorsPolicy withAllowedHeaders(String... names) {
    return new CorsPolicy(
        origin, credentials, methods, Optional.of(List.of(names)), exposedHeaders, maxAge);
  }

  public CorsPolicy withExposedHeaders(String... names) {
    return new CorsPolicy(origin, credentials, methods, allowedHeaders, List.of(names), maxAge);
  }

  public CorsPolicy withMaxAge(Duration age) {
    return new CorsPolicy(
        origin, credentials, methods, allowedHeaders, exposedHeaders, Optional.of(age));
  }

  /**
   * What a request from {@code origin} is told is allowed: {@code *}, an origin, or nothing. A rule
   * of the application that throws is its caller's to catch.
   */
  public Optional<String> allowedOrigin(Optional<String> origin) {
    return switch (this.origin) {
      case OriginRule.Any _ -> Optional.of("*");
      case OriginRule.Fixed fixed -> Optional.of(fixed.origin());
      case OriginRule.OneOf list -> named(origin).filter(list.origins()::contains);
      case OriginRule.Matching rule -> named(origin).filter(rule.allowed());
    };
  }

  private static Optional<String> named(Optional<String> origin) {
    return origin.filter(name -> !name.equals("null"));
  }

  private static List<String> tokens(String what, List<String> names) {
    for (String name : names) {
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException(what + ": " + name + " (expected: header tokens)");
      }
    }
    return List.copyOf(names);
  }

  /** Which origins are allowed. {@code Origin: null} never is, but by {@link Any}. */
  public sealed interface OriginRule {

    /** {@code *}. */
    record Any() implements OriginRule {}

    /** This one, whatever a request says. */
    record Fixed(String origin) implements OriginRule {
      public Fixed {
        if (!origin.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
          throw new IllegalArgumentException("origin: " + origin + " (expected: printable ASCII)");
        }
      }
    }

    /** One of these, reflected. */
    record OneOf(Set<String> origins) implements OriginRule {
      public OneOf {
        origins = Set.copyOf(origins);
      }
    }

    /** One that the application says yes to, reflected. */
    record Matching(Predicate<String> allowed) implements OriginRule {}
  }
}
