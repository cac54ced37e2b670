package io.realtime.verification.architecture.planted.notify.app.foreign;

import io.netty.util.AsciiString;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;

/** Planted: libraries that other modules own. */
@NullMarked
public final class ImportsForeignLibraries {
  private ImportsForeignLibraries() {}

  public static AsciiString netty(AsciiString text) {
    return text;
  }

  public static TopicPartition kafka(TopicPartition partition) {
    return partition;
  }

  public static JsonNode databind(JsonNode node) {
    return node;
  }
}
