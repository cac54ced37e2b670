package io.realtime.notify.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

  @Test
  void message_of512Bytes_isKept_oneMore_isCut() {
    assertThat(DeadLetterHeaders.clean("x".repeat(512))).hasSize(512);
    assertThat(DeadLetterHeaders.clean("x".repeat(513))).hasSize(512);
    // A character of four bytes that does not fit is left out whole.
    assertThat(DeadLetterHeaders.clean("x".repeat(510) + "\ud83d\ude00"))
        .isEqualTo("x".repeat(510));
  }

  @Test
  void controlCharacters_andBrokenSurrogates_areReplaced() {
    assertThat(DeadLetterHeaders.clean("a\r\n\u001b[31mb\u0085c\ud83dd"))
        .isEqualTo("a   [31mb c?d");
  }

  @Test
  void replayThatFailsAgain_keepsWhereItFirstCameFrom() {
    Map<String, String> headers =
        headers(
            InternalTopics.INGRESS,
            header(IngressHeaders.REPLAY, "2"),
            header(DeadLetterHeaders.ORIGINAL_TOPIC, "order.created"));
    assertThat(headers)
        .doesNotContainKey(DeadLetterHeaders.ORIGINAL_TOPIC)
        .containsEntry(DeadLetterHeaders.REPLAY_COUNT, "2");
  }

  @Test
  void foreignHeadersOnASourceTopic_doNotHideWhereItCameFrom() {
    Map<String, String> headers =
        headers("order.created", header(DeadLetterHeaders.ORIGINAL_TOPIC, "elsewhere"));
    assertThat(headers)
        .containsEntry(DeadLetterHeaders.ORIGINAL_TOPIC, "order.created")
        .containsEntry(DeadLetterHeaders.ORIGINAL_OFFSET, "42")
        .containsEntry(DeadLetterHeaders.REPLAY_COUNT, "0");
  }

  private static SourceRecord.Header header(String name, String value) {
    return new SourceRecord.Header(name, value.getBytes(UTF_8));
  }

  private static Map<String, String> headers(String topic, SourceRecord.Header... headers) {
    SourceRecord record =
        new SourceRecord(
            new PartitionKey(topic, "id", 1),
            42,
            0,
            0,
            Instant.EPOCH,
            null,
            null,
            List.of(headers));
    Verdict.Reject reject =
        new Verdict.Reject(Verdict.Stage.VALIDATE, Verdict.ErrorCode.INVALID_FIELD, "stock");
    return DeadLetterHeaders.of(
        new DeadLetter(record, reject, "x", 1, Instant.EPOCH), "group", "node");
  }
}
