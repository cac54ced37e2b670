package io.realtime.notify.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import io.realtime.notify.app.config.LogLevel;
import io.realtime.notify.app.config.Mode;
import io.realtime.notify.core.audit.Audit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * Log lines on standard output: JSON, one object a line, in production; readable ones otherwise.
 * The level is that of our own code. Libraries log at INFO at most, Kafka's clients at WARN: below
 * that they write down what they were configured with (CVE-2026-33558). Whoever logs never waits
 * for the disk or the pipe behind standard output: what these do not take is dropped and counted.
 */
public final class Logging {
  private static final String OURS = "io.realtime";

  /** Lines under way; a stack trace in each of them would be some 20 MiB. */
  private static final int CAPACITY = 4_096;

  private static final LongAdder OVERFLOWED = new LongAdder();
  private static final LongAdder UNWRITABLE = new LongAdder();

  private Logging() {}

  /** Lines that were dropped because too many waited to be written. Any thread. */
  public static long overflowed() {
    return OVERFLOWED.sum();
  }

  /** Lines that standard output did not take, such as on a full disk. Any thread. */
  public static long unwritable() {
    return UNWRITABLE.sum();
  }

  /** Writes what is under way, for at most a second; later lines are lost. Before the JVM ends. */
  public static synchronized void end() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }

  /** Replaces whatever was set up before. Ends with {@link #end}. */
  public static void configure(Mode mode, LogLevel level) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    Level ours = Level.toLevel(level.name());
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(atLeast(ours, Level.INFO));
    context.getLogger(OURS).setLevel(ours);
    context.getLogger(Audit.NAME).setLevel(Level.INFO);
    context.getLogger("org.apache.kafka").setLevel(atLeast(ours, Level.WARN));
    LogLines lines =
        new LogLines(
            context,
            new LossyOutput(new FileOutputStream(FileDescriptor.out), UNWRITABLE),
            encoder(context, mode),
            CAPACITY,
            OVERFLOWED);
    lines.start();
    root.addAppender(lines);
  }

  /**
   * For a command whose standard output is its result: warnings and audit lines, on standard error.
   */
  public static void configureCommand() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger(Audit.NAME).setLevel(Level.INFO);
    // What it says is in the message of the failure, once instead of twice a second.
    context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("console");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, Mode.DEVELOPMENT));
    appender.start();
    root.addAppender(appender);
  }

  private static Level atLeast(Level level, Level floor) {
    return level.isGreaterOrEqual(floor) ? level : floor;
  }

  static Encoder<ILoggingEvent> encoder(LoggerContext context, Mode mode) {
    EncoderBase<ILoggingEvent> encoder = mode == Mode.PRODUCTION ? json() : readable();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static JsonEncoder json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    return encoder;
  }

  private static PatternLayoutEncoder readable() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
    return encoder;
  }
}
