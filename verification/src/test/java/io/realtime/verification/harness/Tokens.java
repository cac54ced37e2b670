package io.realtime.verification.harness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HS256 tokens (RFC 7515), made without the product's library. */
public final class Tokens {
  public static final String SECRET = "verification-secret-of-more-than-32-bytes";

  private Tokens() {}

  /** A user's token, good for an hour. */
  public static String user(String userId) {
    return signed(Map.of("sub", userId), Instant.now().plusSeconds(3600), SECRET);
  }

  /** An administrator's token, good for an hour. */
  public static String admin(String userId) {
    return signed(Map.of("sub", userId, "role", "admin"), Instant.now().plusSeconds(3600), SECRET);
  }

  /** A token that was good until an hour ago. */
  public static String expired(String userId) {
    return signed(Map.of("sub", userId), Instant.now().minusSeconds(3600), SECRET);
  }

  /** A token that somebody else has signed. */
  public static String foreign(String userId) {
    return signed(
        Map.of("sub", userId), Instant.now().plusSeconds(3600), SECRET.replace("secret", "stolen"));
  }

  private static String signed(Map<String, ?> claims, Instant expiry, String secret) {
    Map<String, Object> all = new LinkedHashMap<>(claims);
    all.put("iat", expiry.minusSeconds(7200).getEpochSecond());
    all.put("exp", expiry.getEpochSecond());
    String content =
        encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(Json.write(all));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
