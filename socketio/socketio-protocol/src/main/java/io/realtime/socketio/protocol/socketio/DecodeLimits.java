package io.realtime.socketio.protocol.socketio;

/**
 * Bounds of one packet; going past one is a malformed packet.
 *
 * @param maxAttachments declared attachments (the reference parser's default is 10)
 * @param maxDepth nested arrays and objects
 * @param maxNodes values in one packet
 * @param maxKeysPerObject members of one object
 * @param maxStringLength characters of one string
 * @param maxNumberLength characters of one number
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

  /** The library's default: as permissive as Node's parser where that is safe. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(10, 512, 1_000_000, 1_000_000, 20_000_000, 1_000, 1_024);
  }
}
