package io.realtime.notify.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.catalogue.Incoming;
import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text headers of a dead letter. Their names are stable: tools read them. */
public final class DeadLetterHeaders {
  public static final String ORIGINAL_TOPIC = "dlq-original-topic";
  public static final String ORIGINAL_PARTITION = "dlq-original-partition";
  public static final String ORIGINAL_OFFSET = "dlq-original-offset";
  public static final String ORIGINAL_TIMESTAMP = "dlq-original-timestamp";
  public static final String CONSUMER_GROUP = "dlq-consumer-group";
  public static final String STAGE = "dlq-stage";
  public static final String ERROR_CODE = "dlq-error-code";
  public static final String ERROR_CLASS = "dlq-error-class";
  public static final String ERROR_MESSAGE = "dlq-error-message";
  public static final String ATTEMPTS = "dlq-attempts";
  public static final String FAILED_AT = "dlq-failed-at";
  public static final String NODE = "dlq-node";
  public static final String REPLAY_COUNT = "dlq-replay-count";

  /** The id under which the event would have been delivered; a replay keeps it. */
  public static final String EVENT_ID = "dlq-event-id";

  /** Only on a stub: the digest and the size of the value that was too large to copy. */
  public static final String VALUE_SHA256 = "dlq-value-sha256";

  public static final String VALUE_SIZE = "dlq-value-size";

  /** The most bytes of an error message. */
  public static final int MAX_MESSAGE_BYTES = 512;

  private DeadLetterHeaders() {}

  static Map<String, String> of(DeadLetter letter, String group, String node) {
    SourceRecord record = letter.record();
    PartitionKey partition = record.partition();
    Map<String, String> headers = new LinkedHashMap<>();
    if (!keepsFirstOrigin(record)) {
      headers.put(ORIGINAL_TOPIC, partition.topic());
      headers.put(ORIGINAL_PARTITION, Integer.toString(partition.partition()));
      headers.put(ORIGINAL_OFFSET, Long.toString(record.offset()));
      headers.put(ORIGINAL_TIMESTAMP, Long.toString(record.timestamp().toEpochMilli()));
    }
    headers.put(EVENT_ID, clean(eventId(record)));
    headers.put(CONSUMER_GROUP, group);
    headers.put(STAGE, letter.reject().stage().name());
    headers.put(ERROR_CODE, letter.reject().code().name());
    headers.put(ERROR_CLASS, clean(letter.errorClass()));
    headers.put(ERROR_MESSAGE, clean(letter.reject().message()));
    headers.put(ATTEMPTS, Integer.toString(letter.attempts()));
    headers.put(FAILED_AT, letter.failedAt().toString());
    headers.put(NODE, node);
    headers.put(
        REPLAY_COUNT,
        record.header(IngressHeaders.REPLAY).map(v -> clean(new String(v, UTF_8))).orElse("0"));
    return headers;
  }

  private static String eventId(SourceRecord record) {
    PartitionKey partition = record.partition();
    return record
        .header(IngressHeaders.EVENT_ID)
        .filter(id -> partition.topic().equals(InternalTopics.INGRESS))
        .map(id -> new String(id, UTF_8))
        .orElseGet(
            () ->
                Incoming.position(
                    partition.topic(),
                    partition.partition(),
                    record.offset(),
                    record.generation()));
  }

  /** A replay that fails again keeps where the record first came from. */
  private static boolean keepsFirstOrigin(SourceRecord record) {
    return record.partition().topic().equals(InternalTopics.INGRESS)
        && record.header(IngressHeaders.REPLAY).isPresent()
        && record.header(ORIGINAL_TOPIC).isPresent();
  }

  /** Without control characters, at most {@link #MAX_MESSAGE_BYTES} bytes of UTF-8. */
  static String clean(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_MESSAGE_BYTES));
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (Character.getType(point) == Character.SURROGATE) {
        point = '?';
      }
      if (Character.isISOControl(point)) {
        point = ' ';
      }
      bytes += utf8Length(point);
      if (bytes > MAX_MESSAGE_BYTES) {
        break;
      }
      out.appendCodePoint(point);
    }
    return out.toString();
  }

  private static int utf8Length(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return point < 0x10000 ? 3 : 4;
  }
}
