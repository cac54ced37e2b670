package io.realtime.notify.core.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: lines of the logger {@value #NAME}, which is never switched off. Holds ids,
 * positions and counts; no payloads and no tokens.
 */
public final class Audit {
  /** The logger's name. */
  public static final String NAME = "io.realtime.audit";

  private static final int MAX_VALUE = 300;
  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private Audit() {}

  /**
   * Writes {@code event name=value name=value ...}; control characters of a value become spaces and
   * long ones are cut.
   *
   * @param event what happened, such as {@code partition.restarted}; a fixed set
   * @param namesAndValues in turn
   */
  public static void record(String event, Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("namesAndValues: odd (expected: pairs)");
    }
    StringBuilder line = new StringBuilder(event);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.append(' ').append(namesAndValues[i]).append('=').append(value(namesAndValues[i + 1]));
    }
    LOG.info("{}", line);
  }

  private static String value(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
    String cut = text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
    return cut.indexOf(' ') < 0 ? cut : '"' + cut.replace('"', '\'') + '"';
  }
}
