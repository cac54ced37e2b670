package io.realtime.notify.kafka.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Incoming;
import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.catalogue.TopicRules;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.SourceRecord.Header;
import io.realtime.notify.kafka.deadletter.DeadLetterHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter as it lies in its topic. The arrays belong to it and are never written to.
 *
 * @param position {@code partition:offset} in the dead-letter topic
 * @param eventId of the event that was not delivered
 * @param replayCount how often it was replayed when it failed this time
 * @param headers all of them, ours included
 */
public record Letter(
    String position,
    String eventId,
    int replayCount,
    Instant failedAt,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /** Replays after which a letter is left alone. */
  public static final int MAX_REPLAYS = 3;

  private static final String OURS = "dlq-";
  private static final String ORIGINAL = "dlq-original-";
  private static final EventCatalogue CATALOGUE = EventCatalogue.standard();

  static Letter of(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(h -> headers.add(new Header(h.key(), h.value())));
    String eventId =
        last(headers, DeadLetterHeaders.EVENT_ID)
            .orElseGet(
                () ->
                    last(headers, DeadLetterHeaders.ORIGINAL_TOPIC).orElse(record.topic())
                        + ':'
                        + last(headers, DeadLetterHeaders.ORIGINAL_PARTITION).orElse("?")
                        + ':'
                        + last(headers, DeadLetterHeaders.ORIGINAL_OFFSET).orElse("?"));
    return new Letter(
        record.partition() + ":" + record.offset(),
        eventId,
        last(headers, DeadLetterHeaders.REPLAY_COUNT).map(Letter::count).orElse(0),
        last(headers, DeadLetterHeaders.FAILED_AT)
            .map(text -> instant(text, record.timestamp()))
            .orElse(Instant.ofEpochMilli(Math.max(0, record.timestamp()))),
        record.key(),
        record.value(),
        List.copyOf(headers));
  }

  /**
   * What decisions are about: the event and the replay that failed. A letter that was written twice
   * after a crash has one id.
   */
  public String id() {
    return eventId + '#' + replayCount;
  }

  /** The last header of that name, as text; empty when there is none. */
  public String header(String name) {
    return last(headers, name).orElse("");
  }

  /** The topic that the event came from. */
  public String topic() {
    return header(DeadLetterHeaders.ORIGINAL_TOPIC);
  }

  public String stage() {
    return header(DeadLetterHeaders.STAGE);
  }

  public String code() {
    return header(DeadLetterHeaders.ERROR_CODE);
  }

  /** Whether the value was too large to be copied. */
  public boolean isStub() {
    return value == null && last(headers, DeadLetterHeaders.VALUE_SIZE).isPresent();
  }

  /** Whether it may not be replayed any more. */
  public boolean isSpent() {
    return replayCount >= MAX_REPLAYS;
  }

  /** The user that it was for: as the value says, else the key. */
  public Optional<String> user() {
    Optional<String> named = value == null ? Optional.empty() : CATALOGUE.userOf(value);
    return named.or(() -> Optional.ofNullable(key).map(bytes -> new String(bytes, UTF_8)));
  }

  /** What would become of a replay, by this version's event catalogue. */
  public Verdict forecast() {
    List<Header> replayed = replayHeaders();
    return CATALOGUE.route(
        new Incoming(
            TopicRules.INGRESS,
            0,
            0,
            0,
            failedAt,
            value,
            name -> last(replayed, name).map(text -> text.getBytes(UTF_8))));
  }

  /** The headers of its next replay. */
  List<Header> replayHeaders() {
    List<Header> out = new ArrayList<>();
    for (Header header : headers) {
      boolean ours =
          (header.name().startsWith(OURS) && !header.name().startsWith(ORIGINAL))
              || header.name().equals(IngressHeaders.TYPE)
              || header.name().equals(IngressHeaders.EVENT_ID)
              || header.name().equals(IngressHeaders.REPLAY);
      if (!ours) {
        out.add(header);
      }
    }
    String type = last(headers, IngressHeaders.TYPE).filter(t -> fromIngress()).orElse(topic());
    out.add(text(IngressHeaders.TYPE, type));
    out.add(text(IngressHeaders.EVENT_ID, eventId));
    out.add(text(IngressHeaders.REPLAY, Integer.toString(replayCount + 1)));
    return List.copyOf(out);
  }

  private boolean fromIngress() {
    return topic().equals(TopicRules.INGRESS);
  }

  private static Header text(String name, String value) {
    return new Header(name, value.getBytes(UTF_8));
  }

  private static Optional<String> last(List<Header> headers, String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      byte[] value = headers.get(i).value();
      if (headers.get(i).name().equals(name) && value != null) {
        return Optional.of(new String(value, UTF_8));
      }
    }
    return Optional.empty();
  }

  private static int count(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static Instant instant(String text, long otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.ofEpochMilli(Math.max(0, otherwise));
    }
  }
}
