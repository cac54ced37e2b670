package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.EventRow.Required;
import io.realtime.notify.core.catalogue.Projection.Audience;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery;
import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;
import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record turns out to be, by the table of contract section 3. The only code that knows
 * topics, event names and required fields. Pure functions; any thread.
 */
public final class EventCatalogue {
  private static final String BROADCAST_LABEL = IngressHeaders.ADMIN_BROADCAST;
  private static final Pattern BROADCAST_EVENT = Pattern.compile("admin:[A-Za-z0-9:._-]{1,120}");
  private static final Pattern INGRESS_TYPE = Pattern.compile("[a-z]{1,32}\\.[a-z0-9_-]{1,200}");
  private static final Pattern EVENT_ID = Pattern.compile("[\\x21-\\x7e]{1,300}");
  private static final Set<String> KNOWN =
      Set.of(
          "buyerId",
          "userId",
          "orderId",
          "productId",
          "status",
          "stock",
          "previousStock",
          "message",
          "timestamp",
          "severity",
          "title",
          "event",
          "data",
          Splice.EVENT_ID,
          Splice.SOURCE_EVENT_ID);

  private final SourceReader reader;
  private final Projection projection;

  public EventCatalogue(RecordLimits limits, Projection projection) {
    this.reader = new SourceReader(limits, KNOWN);
    this.projection = projection;
  }

  public static EventCatalogue standard() {
    return new EventCatalogue(RecordLimits.defaults(), Projection.everything());
  }

  /** The types that metrics are labelled with. */
  public static List<String> types() {
    List<String> types = new ArrayList<>(EventTable.ROWS.stream().map(EventRow::type).toList());
    types.add(BROADCAST_LABEL);
    return List.copyOf(types);
  }

  public Verdict route(Incoming record) {
    byte[] value = record.value();
    if (value == null) {
      return new Verdict.Skip(Verdict.SkipReason.TOMBSTONE);
    }
    try {
      return record.topic().equals(TopicRules.INGRESS)
          ? routeIngress(record, value)
          : routeTopic(record, record.topic(), record.position(), value)
              .orElse(new Verdict.Skip(Verdict.SkipReason.UNKNOWN_TOPIC));
    } catch (RejectedRecordException e) {
      return e.verdict();
    }
  }

  /**
   * Under which key an ingress record counts only once, however often it was produced: its event id
   * and replay number. Empty for other records.
   */
  public Optional<String> onceKey(Incoming record) {
    if (!record.topic().equals(TopicRules.INGRESS)) {
      return Optional.empty();
    }
    String replay = text(record, IngressHeaders.REPLAY).orElse("0");
    return text(record, IngressHeaders.EVENT_ID).map(id -> id + '#' + replay);
  }

  /** The user that a value names, whether or not the rest of it is right. */
  public Optional<String> userOf(byte[] value) {
    try {
      return Optional.of(reader.read(value).id("buyerId", "userId"));
    } catch (RejectedRecordException e) {
      return Optional.empty();
    }
  }

  private Verdict routeIngress(Incoming record, byte[] value) {
    String type =
        text(record, IngressHeaders.TYPE)
            .filter(text -> INGRESS_TYPE.matcher(text).matches())
            .orElseThrow(() -> unknown("no valid type"));
    String eventId = text(record, IngressHeaders.EVENT_ID).orElseGet(record::position);
    if (!EVENT_ID.matcher(eventId).matches()) {
      throw RejectedRecordException.invalid(
          IngressHeaders.EVENT_ID, "malformed", "1 to 300 visible ASCII characters");
    }
    return type.equals(IngressHeaders.ADMIN_BROADCAST)
        ? broadcast(record, eventId, value)
        : routeTopic(record, type, eventId, value).orElseThrow(() -> unknown("unknown type"));
  }

  private static RejectedRecordException unknown(String what) {
    return new RejectedRecordException(
        Stage.ROUTE,
        ErrorCode.UNKNOWN_EVENT,
        IngressHeaders.TYPE + ": " + what + " (expected: a topic of the event table)");
  }

  private static Optional<String> text(Incoming record, String header) {
    return record.headers().last(header).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private Verdict broadcast(Incoming record, String eventId, byte[] value) {
    SourceObject envelope = reader.read(value);
    String event = envelope.text("event");
    if (!BROADCAST_EVENT.matcher(event).matches()) {
      throw RejectedRecordException.invalid("event", "not an admin event", "admin:<name>");
    }
    SourceObject data = reader.read(envelope.object("data"));
    byte[] payload =
        Splice.into(data, eventId)
            .ifAbsent("timestamp", Splice.iso(record.timestamp()))
            .ifAbsent("message", event)
            .bytes();
    return new Verdict.Deliver(
        new RoutedEvent(
            eventId,
            BROADCAST_LABEL,
            List.of(
                new Delivery.Feed(
                    event, projection.project(Audience.ADMINS, BROADCAST_LABEL, payload)))));
  }

  private Optional<Verdict> routeTopic(
      Incoming record, String topic, String eventId, byte[] value) {
    for (EventRow row : EventTable.ROWS) {
      Optional<String> rest = row.match(topic);
      if (rest.isPresent()) {
        return Optional.of(deliver(record, row, rest.get(), eventId, reader.read(value)));
      }
    }
    return Optional.empty();
  }

  private Verdict deliver(
      Incoming record, EventRow row, String rest, String eventId, SourceObject source) {
    Ids ids = Ids.of(row, source);
    row.required().forEach(required -> check(source, required));
    Wording text = new Wording(source, ids, rest);
    byte[] payload =
        Splice.into(source, eventId)
            .ifAbsent("timestamp", Splice.iso(record.timestamp()))
            .ifAbsent("message", text.fill(row.wording().message()))
            .ifAbsent("severity", row.wording().severity())
            .ifAbsent("title", text.fill(row.wording().title()))
            .bytes();
    List<Delivery> deliveries = new ArrayList<>(3);
    row.toUser()
        .ifPresent(
            event ->
                deliveries.add(
                    new Delivery.Personal(
                        ids.subject(),
                        event.replace("*", rest),
                        projection.project(Audience.USER, row.type(), payload),
                        ids.orderId().map(order -> Rooms.orders(ids.subject())))));
    row.toSubscribers()
        .ifPresent(
            event ->
                deliveries.add(
                    new Delivery.State(
                        ids.subject(),
                        event,
                        projection.project(Audience.SUBSCRIBERS, row.type(), payload),
                        stock(row, source))));
    row.toAdmins()
        .ifPresent(
            event ->
                deliveries.add(
                    new Delivery.Feed(
                        event.replace("*", rest),
                        projection.project(Audience.ADMINS, row.type(), payload))));
    return new Verdict.Deliver(new RoutedEvent(eventId, row.type(), List.copyOf(deliveries)));
  }

  private static void check(SourceObject source, Required required) {
    switch (required.rule()) {
      case ID -> source.id(required.field());
      case TEXT -> source.text(required.field());
      case AMOUNT -> source.amount(required.field());
    }
  }

  private static Optional<StockLevel> stock(EventRow row, SourceObject source) {
    if (row.subject() != EventRow.Subject.STOCK) {
      return Optional.empty();
    }
    BigDecimal stock = source.amount("stock");
    return Optional.of(new StockLevel(stock, source.optionalNumber("previousStock")));
  }

  /**
   * @param subject the user or product
   * @param orderId for orders
   */
  private record Ids(String subject, Optional<String> orderId) {
    static Ids of(EventRow row, SourceObject source) {
      return switch (row.subject()) {
        case ORDER -> {
          String orderId = source.id("orderId");
          yield new Ids(source.id("buyerId", "userId"), Optional.of(orderId));
        }
        case STOCK -> new Ids(source.id("productId"), Optional.empty());
        case PRODUCT -> new Ids(source.id("productId", SourceReader.PRODUCT_ID), Optional.empty());
        case USER -> new Ids(source.id("userId"), Optional.empty());
      };
    }
  }

  /** Fills the placeholders of a row's texts, in one pass: a value is never read as a template. */
  private record Wording(SourceObject source, Ids ids, String rest) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z*]+)\\}");

    String fill(String template) {
      return PLACEHOLDER
          .matcher(template)
          .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String name) {
      return switch (name) {
        case "*" -> rest;
        case "orderId" -> ids.orderId().orElse("");
        case "productId" -> ids.subject();
        default -> source.present(name).map(SourceObject.Field::text).orElse("");
      };
    }
  }
}
