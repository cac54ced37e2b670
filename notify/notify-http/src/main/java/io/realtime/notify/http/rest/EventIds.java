package io.realtime.notify.http.rest;

import io.realtime.notify.core.inbox.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Ids of events that come from REST: {@code rest:} and 128 bits in base64url. */
public final class EventIds {
  private static final int BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private EventIds() {}

  /** Random. */
  public static String next() {
    byte[] bits = new byte[BYTES];
    RANDOM.nextBytes(bits);
    return id(bits);
  }

  /** The same for the same caller, route and {@code Idempotency-Key}; the first bits of SHA-256. */
  public static String of(String caller, String route, String key) {
    MessageDigest digest = Sha256.fresh();
    for (String part : List.of(caller, route, key)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two triples run together to the same bytes.
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return id(Arrays.copyOf(digest.digest(), BYTES));
  }

  /** Of a body, to tell it from another one. */
  public static String hash(byte[] body) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.fresh().digest(body));
  }

  private static String id(byte[] bits) {
    return "rest:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
