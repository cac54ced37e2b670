package io.realtime.socketio.server.web;

import io.realtime.socketio.server.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** How a body is coded for the way (RFC 9110, 8.4.1), and which one a client prefers. */
public enum ContentCoding {
  BROTLI("br"),
  GZIP("gzip"),
  DEFLATE("deflate");

  /** Past it a client's list is not looked at: nobody needs that many. */
  private static final int MAX_LIST = 1_024;

  private final String wireName;

  ContentCoding(String wireName) {
    this.wireName = wireName;
  }

  /** As in {@code Content-Encoding}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The one of {@code offered} with the highest quality in {@code Accept-Encoding}; among equals
   * the one that is named before the one that only {@code *} covers, then the one named first, then
   * the one offered first. Empty: send it as it is.
   */
  public static Optional<ContentCoding> preferred(
      HttpRequest request, List<ContentCoding> offered) {
    String list = String.join(",", request.headers().all("accept-encoding"));
    if (list.isEmpty() || list.length() > MAX_LIST) {
      return Optional.empty();
    }
    String[] accepted = list.split(",", -1);
    Optional<ContentCoding> best = Optional.empty();
    Rank highest = Rank.REFUSED;
    for (ContentCoding coding : offered) {
      Rank rank = coding.rankIn(accepted);
      if (rank.isAbove(highest)) {
        highest = rank;
        best = Optional.of(coding);
      }
    }
    return best;
  }

  private Rank rankIn(String[] accepted) {
    Rank wildcard = Rank.REFUSED;
    for (int i = 0; i < accepted.length; i++) {
      String[] parts = accepted[i].split(";", -1);
      String name = parts[0].strip();
      if (name.equalsIgnoreCase(wireName)) {
        return new Rank(quality(parts), true, i);
      }
      if (name.equals("*")) {
        wildcard = new Rank(quality(parts), false, i);
      }
    }
    return wildcard;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
        String value = parameter.substring(2);
        return value.matches("[01](?:\\.[0-9]{0,3})?") ? Double.parseDouble(value) : 0;
      }
    }
    return 1;
  }

  private record Rank(double quality, boolean named, int position) {
    static final Rank REFUSED = new Rank(0, false, Integer.MAX_VALUE);

    boolean isAbove(Rank other) {
      if (quality == 0 || quality != other.quality) {
        return quality > other.quality;
      }
      return named == other.named ? position < other.position : named;
    }
  }
}
