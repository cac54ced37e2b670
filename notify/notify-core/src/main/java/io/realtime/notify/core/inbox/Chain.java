package io.realtime.notify.core.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A running hash over the event ids of an inbox: two inboxes that end in the same value hold the
 * same history. The first 64 bits of SHA-256; 16 hexadecimal digits as text.
 */
public final class Chain {
  private Chain() {}

  /** Before the first entry. */
  public static long start(String userId) {
    return first64(Sha256.digest(userId));
  }

  /** After one more entry. */
  public static long next(long before, String eventId) {
    MessageDigest digest = Sha256.fresh();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(before).flip());
    return first64(digest.digest(eventId.getBytes(StandardCharsets.UTF_8)));
  }

  private static long first64(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
