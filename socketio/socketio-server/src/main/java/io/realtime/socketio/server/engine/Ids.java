package io.realtime.socketio.server.engine;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes ids nobody can guess: 120 random bits in 20 characters of base64url. Any thread. */
public final class Ids {
  private static final int BYTES = 15;

  /** Characters of an id. */
  public static final int LENGTH = 20;

  private final RandomGenerator random;

  /**
   * @param random thread-safe, and a {@link java.security.SecureRandom} but in tests
   */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A number nobody can guess. */
  public long nextLong() {
    return random.nextLong();
  }

  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
