package io.realtime.notify.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void record_isOneLine_whateverTheValuesHold() {
    Audit.record("thing.happened", "user", "u\r\nforged line", "count", 3, "quote", "a \"b\"");
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo("thing.happened user=\"u forged line\" count=3 quote=\"a 'b'\"");
  }

  @Test
  void value_isCutPast300Characters() {
    Audit.record("thing.happened", "a", "x".repeat(300), "b", "y".repeat(301));
    assertThat(lines.list.getFirst().getFormattedMessage())
        .isEqualTo("thing.happened a=" + "x".repeat(300) + " b=" + "y".repeat(300) + "...");
  }

  @Test
  void nameWithoutValue_isAMistake() {
    assertThatThrownBy(() -> Audit.record("thing.happened", "user"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
