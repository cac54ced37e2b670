package io.realtime.notify.core.catalogue;

/**
 * Bounds of one record; going past one is a permanent fault of the record.
 *
 * @param maxBytes of the value. An event must fit an inbox and a connection's outbound queue (1 MiB
 *     each) with room to spare
 * @param maxDepth nested objects and arrays, the outermost included
 * @param maxNumberLength characters of one number
 */
public record RecordLimits(int maxBytes, int maxDepth, int maxNumberLength) {

  public RecordLimits {
    if (maxBytes < 2 || maxDepth < 1 || maxNumberLength < 1) {
      throw new IllegalArgumentException(
          "limits: %d, %d, %d (expected: positive)".formatted(maxBytes, maxDepth, maxNumberLength));
    }
  }

  /** 512 KiB, 64 levels, 256 characters. */
  public static RecordLimits defaults() {
    return new RecordLimits(512 * 1024, 64, 256);
  }
}
