package io.realtime.notify.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.realtime.notify.app.config.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that cannot be written (abuse P4): dropped, counted, and nobody who logs waits. */
class LogLinesTest {
  private static final int CAPACITY = 8;

  private final LoggerContext context = new LoggerContext();
  private final LongAdder overflowed = new LongAdder();
  private final LongAdder unwritable = new LongAdder();
  private final Disk disk = new Disk();

  @AfterEach
  void stop() {
    disk.released.countDown();
    context.stop();
  }

  private Logger logger() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogLines lines =
        new LogLines(
            context,
            new LossyOutput(disk, unwritable),
            Logging.encoder(context, Mode.DEVELOPMENT),
            CAPACITY,
            overflowed);
    lines.start();
    Logger logger = context.getLogger("test");
    logger.addAppender(lines);
    return logger;
  }

  @Test
  void disk_takesEverything_hasEveryLineInOrder_andNothingIsCounted() {
    Logger logger = logger();
    for (int i = 0; i < CAPACITY; i++) {
      logger.info("line {}", i);
    }

    context.stop();

    assertThat(disk.text().lines()).hasSize(CAPACITY).last().asString().endsWith("line 7");
    assertThat(overflowed.sum()).isZero();
    assertThat(unwritable.sum()).isZero();
  }

  @Test
  void disk_full_dropsAndCountsEveryLine_andGoesOnWhenThereIsRoom() {
    Logger logger = logger();
    disk.room = 3;
    logger.info("half of this line is written");
    logger.info("lost");
    await().atMost(Duration.ofSeconds(10)).until(() -> unwritable.sum() == 2);

    disk.room = Integer.MAX_VALUE;
    logger.info("there is room again");
    context.stop();

    assertThat(unwritable.sum()).isEqualTo(2);
    assertThat(overflowed.sum()).isZero();
    assertThat(disk.text().lines()).last().asString().endsWith("there is room again");
    assertThat(disk.text()).doesNotContain("lost");
  }

  @Test
  void disk_hangs_loggingGoesOnAtOnce_andWhatFindsNoRoomIsCounted() {
    Logger logger = logger();
    disk.hangs = true;

    for (int i = 0; i < CAPACITY + 5; i++) {
      logger.error("line {}", i);
    }

    assertThat(overflowed.sum()).isEqualTo(5);
    disk.released.countDown();
    context.stop();
    assertThat(disk.text().lines()).hasSize(CAPACITY).last().asString().endsWith("line 7");
  }

  /** Takes {@code room} bytes and fails with what is past them, or holds up who writes. */
  private static final class Disk extends OutputStream {
    final CountDownLatch released = new CountDownLatch(1);
    volatile int room = Integer.MAX_VALUE;
    volatile boolean hangs;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (hangs) {
        boolean interrupted = false;
        while (released.getCount() > 0) {
          try {
            released.await();
          } catch (InterruptedException e) {
            interrupted = true; // the appender's thread, told to end
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      int fits = Math.min(length, room);
      written.write(bytes, offset, fits);
      room = room == Integer.MAX_VALUE ? room : room - fits;
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }

    String text() {
      return written.toString(StandardCharsets.UTF_8);
    }
  }
}
