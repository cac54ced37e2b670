package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cookie with the session's id, set by the answer to a polling handshake and by no other: for
 * load balancers that keep a client at one node. The id is a secret, so keep {@code httpOnly}.
 *
 * @param name {@code io} by default
 * @param path {@code /} by default
 * @param sameSite {@link SameSite#LAX} by default
 * @param maxAge empty: until the browser is closed
 * @param domain empty: this host only
 */
public record SessionCookie(
    String name,
    String path,
    boolean httpOnly,
    boolean secure,
    Optional<SameSite> sameSite,
    Optional<Duration> maxAge,
    Optional<String> domain) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Printable ASCII without what ends an attribute. */
  private static final Pattern ATTRIBUTE = Pattern.compile("[\\x20-\\x3a\\x3c-\\x7e]*");

  /** Whether a browser sends it along with requests from other sites. */
  public enum SameSite {
    STRICT("Strict"),
    LAX("Lax"),
    NONE("None");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  public SessionCookie {
    check("name", name, NAME);
    check("path", path, ATTRIBUTE);
    domain.ifPresent(host -> check("domain", host, ATTRIBUTE));
  }

  public static SessionCookie defaults() {
    return new SessionCookie(
        "io", "/", true, false, Optional.of(SameSite.LAX), Optional.empty(), Optional.empty());
  }

  public SessionCookie withName(String newName) {
    return new SessionCookie(newName, path, httpOnly, secure, sameSite, maxAge, domain);
  }

  public SessionCookie withPath(String newPath) {
    return new SessionCookie(name, newPath, httpOnly, secure, sameSite, maxAge, domain);
  }

  public SessionCookie withHttpOnly(boolean only) {
    return new SessionCookie(name, path, only, secure, sameSite, maxAge, domain);
  }

  public SessionCookie withSecure(boolean only) {
    return new SessionCookie(name, path, httpOnly, only, sameSite, maxAge, domain);
  }

  public SessionCookie withSameSite(SameSite site) {
    return new SessionCookie(name, path, httpOnly, secure, Optional.of(site), maxAge, domain);
  }

  public SessionCookie withMaxAge(Duration age) {
    return new SessionCookie(name, path, httpOnly, secure, sameSite, Optional.of(age), domain);
  }

  public SessionCookie withDomain(String host) {
    return new SessionCookie(name, path, httpOnly, secure, sameSite, maxAge, Optional.of(host));
  }

  /** The value of {@code Set-Cookie} (RFC 6265, 4.1) for a session. */
  public String setCookie(String sid) {
    StringBuilder text = new StringBuilder(name).append('=').append(sid);
    maxAge.ifPresent(age -> text.append("; Max-Age=").append(age.toSeconds()));
    domain.ifPresent(host -> text.append("; Domain=").append(host));
    text.append("; Path=").append(path);
    if (httpOnly) {
      text.append("; HttpOnly");
    }
    if (secure) {
      text.append("; Secure");
    }
    sameSite.ifPresent(site -> text.append("; SameSite=").append(site.text));
    return text.toString();
  }

  private static void check(String what, String value, Pattern allowed) {
    if (!allowed.matcher(value).matches()) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: cookie characters)");
    }
  }
}
