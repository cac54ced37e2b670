package io.realtime.notify.core.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A running hash over the event ids of an inbox: two inboxes that end in the same value hold the
 * same history. The first 64 bits of SHA-256; 16 hexadecimal digits as text.
 */
public final class Chain {
  private Chain() {}

  /** Before the first entry. */
  public static long start(String userId) {
    return first64(sha256().digest(userId.getBytes(StandardCharsets.UTF_8)));
  }

  /** After one more entry. */
  public static long next(long before, String eventId) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(before).flip());
    return first64(digest.digest(eventId.getBytes(StandardCharsets.UTF_8)));
  }

  private static long first64(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java platform)", e);
    }
  }
}
