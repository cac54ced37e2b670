package io.realtime.socketio.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ParameterizedClass(name = "{0}")
@EnumSource(NativeTransport.class)
final class NettyLoopsTest {
  @Parameter NativeTransport transport = NativeTransport.NIO;
  private NettyLoops loops;

  @BeforeEach
  void start() {
    loops = NettyLoops.start(List.of(transport), 2);
  }

  @AfterEach
  void stop() {
    loops.close().toCompletableFuture().join();
  }

  @Test
  void loops_areNumbered_andKnown() {
    assertThat(loops.transport()).isEqualTo(transport);
    assertThat(loops.loops()).extracting(NettyLoop::index).containsExactly(0, 1);
    NettyLoop second = loops.loops().get(1);
    assertThat(loops.of(second.eventLoop())).isSameAs(second);
  }

  @Test
  void tasks_ofOneCaller_keepTheirOrder_whateverFails() {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    NettyLoop loop = loops.loops().getFirst();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      loop.execute(
          () -> {
            seen.add(number);
            if (number == 10) {
              throw new IllegalStateException("planted");
            }
          });
    }
    await().until(() -> seen.size() == 1_000);
    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void timer_runsOnItsLoop_unlessCancelled() {
    NettyLoop loop = loops.loops().getFirst();
    AtomicInteger ran = new AtomicInteger();
    AtomicInteger cancelled = new AtomicInteger();
    loop.execute(
        () -> {
          loop.schedule(1_000_000, () -> ran.addAndGet(loop.inLoop() ? 1 : 100));
          loop.schedule(2_000_000, cancelled::incrementAndGet).cancel();
          loop.schedule(
              3_000_000,
              () -> {
                throw new IllegalStateException("planted");
              });
          loop.schedule(4_000_000, () -> ran.addAndGet(10));
        });
    await().until(() -> ran.get() == 11);
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void hangingLoop_isSeen_andSeenToBeWellAgain() {
    CountDownLatch release = new CountDownLatch(1);
    await().until(() -> loops.longestStall().isZero());
    loops.loops().get(1).execute(() -> hangUntil(release));
    await().until(() -> loops.longestStall().compareTo(Duration.ofMillis(100)) > 0);
    release.countDown();
    await().until(() -> loops.longestStall().compareTo(Duration.ofMillis(50)) < 0);
  }

  @Test
  void loop_hangingForOverASecond_isToldOnceWithItsStack() {
    ch.qos.logback.classic.Logger logger =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(StallWatch.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    CountDownLatch release = new CountDownLatch(1);
    try {
      NettyLoop loop = loops.loops().get(1);
      await().until(() -> loop.thread().isPresent());
      loop.execute(() -> hangUntil(release));
      await().atMost(Duration.ofSeconds(30)).until(() -> loops.stalls() == 1);
      await().during(Duration.ofSeconds(1)).until(() -> loops.stalls() == 1);
      release.countDown();
      await().until(() -> loops.longestStall().compareTo(Duration.ofMillis(50)) < 0);
    } finally {
      release.countDown();
      logger.detachAppender(said);
    }
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .startsWith("Event loop 1 has not answered for ")
        .contains("NettyLoopsTest.hangUntil");
  }

  private static void hangUntil(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void endedLoop_dropsTasks() {
    loops.close().toCompletableFuture().join();
    AtomicInteger ran = new AtomicInteger();
    assertThat(loops.loops().getFirst().tryExecute(ran::incrementAndGet)).isFalse();
    loops.loops().getFirst().execute(ran::incrementAndGet);
    assertThat(ran).hasValue(0);
  }

  @Test
  void noLoops_isRefused() {
    assertThatThrownBy(() -> NettyLoops.start(List.of(transport), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loops");
    assertThatThrownBy(() -> NettyLoops.start(List.of(), 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nextTurn_onAnIdleLoop_runsBehindTheTransportAtOnce_andInOrder() {
    NettyLoop loop = loops.loops().getFirst();
    CompletableFuture<List<Long>> turns = new CompletableFuture<>();
    loop.execute(
        () -> {
          long now = loop.turns();
          List<Long> later = new ArrayList<>();
          loop.nextTurn(() -> later.add(loop.turns() - now));
          loop.nextTurn(
              () -> {
                throw new IllegalStateException("planted: the next one runs nevertheless");
              });
          loop.nextTurn(
              () -> {
                later.add(loop.turns() - now);
                loop.nextTurn(
                    () -> {
                      later.add(loop.turns() - now);
                      turns.complete(later);
                    });
              });
        });

    assertThat(turns.orTimeout(10, TimeUnit.SECONDS).join()).containsExactly(1L, 1L, 2L);
  }
}
