package io.realtime.notify.http.rest;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids of events that come from REST: {@code rest:} and 128 random bits in base64url. */
public final class EventIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private EventIds() {}

  public static String next() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return "rest:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
