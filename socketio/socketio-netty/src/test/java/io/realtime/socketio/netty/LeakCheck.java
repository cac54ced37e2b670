package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class whose buffers were not released: every buffer is tracked in tests. */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  private static final ListAppender<ILoggingEvent> REPORTS = new ListAppender<>();

  static {
    REPORTS.start();
    ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(REPORTS);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    report();
    synchronized (REPORTS) {
      assertThat(REPORTS.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }
  }

  /** Leaks are found when a lost buffer has been collected and the next one is allocated. */
  @SuppressWarnings("GarbageCollectorCall")
  private static void report() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      for (int j = 0; j < 20; j++) {
        ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
        probe.release();
      }
    }
  }
}
