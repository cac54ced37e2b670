package io.realtime.socketio.protocol.socketio;

/**
 * Bounds of one packet; going past one is a malformed packet.
 *
 * @param maxAttachments declared attachments (the reference parser's default is 10)
 * @param maxDepth nested arrays and objects, the outermost included; at most 1000
 * @param maxNodes values in one packet
 * @param maxKeysPerObject members of one object
 * @param maxStringLength characters of one string
 * @param maxNumberLength digits of one number
 * @param maxNamespaceLength characters of a namespace, the leading slash included
 */
public record DecodeLimits(
    int maxAttachments,
    int maxDepth,
    int maxNodes,
    int maxKeysPerObject,
    int maxStringLength,
    int maxNumberLength,
    int maxNamespaceLength) {
  private static final int DEPTH_CEILING = 1_000;

  public DecodeLimits {
    if (maxAttachments < 0) {
      throw new IllegalArgumentException("maxAttachments: " + maxAttachments + " (expected: >= 0)");
    }
    requirePositive("maxDepth", maxDepth);
    requirePositive("maxNodes", maxNodes);
    requirePositive("maxKeysPerObject", maxKeysPerObject);
    requirePositive("maxStringLength", maxStringLength);
    requirePositive("maxNumberLength", maxNumberLength);
    requirePositive("maxNamespaceLength", maxNamespaceLength);
    if (maxDepth > DEPTH_CEILING) {
      throw new IllegalArgumentException(
          "maxDepth: " + maxDepth + " (expected: <= " + DEPTH_CEILING + ")");
    }
  }

  /** The library's default: as permissive as Node's parser where that is safe. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(10, 512, 1_000_000, 1_000_000, 20_000_000, 1_000, 1_024);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
