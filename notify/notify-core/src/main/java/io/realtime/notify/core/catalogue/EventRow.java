package io.realtime.notify.core.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One row of the event table: a topic, or every topic of a family that has no row of its own.
 *
 * @param type the topic, or {@code family.*}; the label of metrics
 * @param subject whom or what the event is about
 * @param required members beside the subject's ids
 * @param toUser the event's name for the user; {@code *} stands for the rest of the topic's name
 * @param toSubscribers its name for everyone subscribed
 * @param toAdmins its name for administrators
 * @param wording what is added when the source has none
 */
record EventRow(
    String type,
    Subject subject,
    List<Required> required,
    Optional<String> toUser,
    Optional<String> toSubscribers,
    Optional<String> toAdmins,
    Wording wording) {

  /** Whom or what an event is about, and by which members that is known. */
  enum Subject {
    /** {@code orderId}, and {@code buyerId} before {@code userId}. */
    ORDER,
    /** {@code productId}. */
    STOCK,
    /** {@code productId} or {@code product.id}. */
    PRODUCT,
    /** {@code userId}. */
    USER
  }

  /** A member that a row asks for. */
  record Required(String field, Rule rule) {
    enum Rule {
      ID,
      TEXT,
      AMOUNT
    }
  }

  /**
   * Texts for a UI; {@code {field}} stands for that member's text and {@code {*}} for the rest of
   * the topic's name.
   */
  record Wording(String severity, String title, String message) {}

  private boolean family() {
    return type.endsWith(".*");
  }

  /** The rest of the topic's name if this row is for it. */
  Optional<String> match(String topic) {
    if (!family()) {
      return topic.equals(type) ? Optional.of("") : Optional.empty();
    }
    String prefix = type.substring(0, type.length() - 1);
    return topic.startsWith(prefix) && topic.length() > prefix.length()
        ? Optional.of(topic.substring(prefix.length()))
        : Optional.empty();
  }
}
