package io.realtime.notify.app.cli;

import io.realtime.notify.app.remote.Json;
import io.realtime.notify.core.catalogue.RoutedEvent;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.SourceRecord.Header;
import io.realtime.notify.kafka.deadletter.DeadLetterHeaders;
import io.realtime.notify.kafka.replay.DeadLetters.Found;
import io.realtime.notify.kafka.replay.Decision;
import io.realtime.notify.kafka.replay.Letter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Letters as lines, pages and JSON. Control characters are never printed as they are. */
final class LetterText {
  private static final String ORDINARY = "%-9s %-24s %-11s %-14s %s%n";

  private LetterText() {}

  static void heading(PrintWriter out) {
    out.printf(ORDINARY, "STATE", "FAILED AT", "STAGE", "CODE", "LETTER, MESSAGE");
  }

  static void line(PrintWriter out, Found found) {
    Letter letter = found.letter();
    out.printf(
        ORDINARY,
        found.state(),
        letter.failedAt(),
        letter.stage(),
        letter.code(),
        plain(letter.id() + "  " + letter.header(DeadLetterHeaders.ERROR_MESSAGE)));
  }

  static void page(PrintWriter out, Found found) {
    Letter letter = found.letter();
    out.println("letter    " + plain(letter.id()));
    out.println("state     " + found.state() + found.decision().map(LetterText::by).orElse(""));
    out.println("position  " + letter.position() + " of the dead-letter topic");
    out.println("user      " + plain(letter.user().orElse("(not named)")));
    out.println("replay    " + plain(forecast(letter)));
    out.println("headers");
    for (Header header : letter.headers()) {
      out.println("  " + plain(header.name() + ": " + text(header.value())));
    }
    out.println("key       " + plain(text(letter.key())));
    out.println("value");
    out.println(
        letter.isStub()
            ? "  (too large to copy: " + letter.header(DeadLetterHeaders.VALUE_SIZE) + " bytes)"
            : "  " + plain(text(letter.value())));
  }

  static String json(Found found, boolean whole) {
    Letter letter = found.letter();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("letter", letter.id());
    members.put("eventId", letter.eventId());
    members.put("replayCount", letter.replayCount());
    members.put("state", found.state().name());
    members.put("failedAt", letter.failedAt().toString());
    members.put("topic", letter.topic());
    members.put("stage", letter.stage());
    members.put("code", letter.code());
    members.put("message", letter.header(DeadLetterHeaders.ERROR_MESSAGE));
    letter.user().ifPresent(user -> members.put("user", user));
    found.decision().ifPresent(decision -> members.put("decision", decision(decision)));
    if (whole) {
      members.put("forecast", forecast(letter));
      List<Map<String, Object>> headers = new ArrayList<>();
      for (Header header : letter.headers()) {
        headers.add(named(header.name(), header.value()));
      }
      members.put("headers", headers);
      members.putAll(bytes("key", letter.key()));
      members.putAll(bytes("value", letter.value()));
    }
    return Json.object(members);
  }

  /** What a replay would come to. */
  static String forecast(Letter letter) {
    if (letter.isStub()) {
      return "not possible: the value was too large to copy";
    }
    return switch (letter.forecast()) {
      case Verdict.Reject reject ->
          "would fail again: " + reject.stage() + " " + reject.code() + ", " + reject.message();
      case Verdict.Skip skip -> "would be skipped: " + skip.reason();
      case Verdict.Deliver(RoutedEvent event) -> reaches(event);
    };
  }

  private static String reaches(RoutedEvent event) {
    List<String> whom = new ArrayList<>();
    for (Delivery delivery : event.deliveries()) {
      whom.add(
          switch (delivery) {
            case Delivery.Personal personal -> "user " + personal.userId();
            case Delivery.State state -> "everyone subscribed to product " + state.productId();
            case Delivery.Feed _ -> "administrators";
          });
    }
    return "reaches " + String.join(", ", whom);
  }

  private static Map<String, Object> decision(Decision decision) {
    return Map.of(
        "kind", decision.kind().name(),
        "at", decision.at().toString(),
        "by", decision.by(),
        "reason", decision.reason());
  }

  private static String by(Decision decision) {
    String reason = decision.reason().isEmpty() ? "" : ": " + decision.reason();
    return plain(" at " + decision.at() + " by " + decision.by() + reason);
  }

  private static Map<String, Object> named(String name, byte @Nullable [] value) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    members.putAll(bytes("value", value));
    return members;
  }

  /** As text when it is text, else in base64; nothing at all when there is nothing. */
  private static Map<String, Object> bytes(String name, byte @Nullable [] value) {
    if (value == null) {
      return Map.of();
    }
    return utf8(value)
        .<Map<String, Object>>map(text -> Map.of(name, text))
        .orElseGet(() -> Map.of(name + "Base64", Base64.getEncoder().encodeToString(value)));
  }

  private static String text(byte @Nullable [] value) {
    if (value == null) {
      return "(none)";
    }
    return utf8(value)
        .orElseGet(() -> "(not text, base64) " + Base64.getEncoder().encodeToString(value));
  }

  private static Optional<String> utf8(byte[] value) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
