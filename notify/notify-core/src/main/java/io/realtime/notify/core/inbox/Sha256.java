package io.realtime.notify.core.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  /** Of the text in UTF-8; 32 bytes. */
  public static byte[] digest(String text) {
    return fresh().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A digest of nothing so far. */
  public static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java platform)", e);
    }
  }
}
