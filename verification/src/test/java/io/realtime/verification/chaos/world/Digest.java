package io.realtime.verification.chaos.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Short digests, in place of payloads that would fill the memory. Pure. */
final class Digest {
  /** What the service adds to a payload that has no such field. */
  private static final Set<String> ADDED = Set.of("eventId", "timestamp", "severity", "title");

  private Digest() {}

  static String of(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sha.update(part);
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of all that a producer wrote, in whatever order its fields are. */
  static String ofSource(JsonNode payload) {
    TreeMap<String, String> fields = new TreeMap<>();
    payload
        .properties()
        .forEach(
            field -> {
              if (!ADDED.contains(field.getKey())) {
                fields.put(field.getKey(), field.getValue().toString());
              }
            });
    return of(fields.toString().getBytes(StandardCharsets.UTF_8));
  }
}
