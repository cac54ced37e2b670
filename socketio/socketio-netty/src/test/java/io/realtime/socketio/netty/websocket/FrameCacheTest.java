package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.realtime.socketio.netty.LeakCheck;
import io.realtime.socketio.netty.loop.NativeTransport;
import io.realtime.socketio.netty.loop.NettyLoop;
import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.server.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
final class FrameCacheTest {
  private static final ByteBufAllocator ALLOC = ByteBufAllocator.DEFAULT;
  private final NettyLoops loops = NettyLoops.start(List.of(NativeTransport.NIO), 1);
  private final NettyLoop loop = loops.loops().getFirst();
  private final FrameCache cache = new FrameCache(loop, FrameWriter::data);

  @AfterEach
  void stop() {
    loops.close().toCompletableFuture().join();
  }

  private void inLoop(Runnable task) {
    CompletableFuture.runAsync(task, loop).join();
  }

  @Test
  void text_writtenOnce_isNotKept() {
    inLoop(
        () -> {
          cache.encode(ALLOC, new Frame(false, new byte[] {'h', 'i'})).release();
          assertThat(cache.size()).isZero();
        });
  }

  @Test
  void textThatComesBackLater_isKept_sinceMoreMayFollow() {
    Frame text = new Frame(false, new byte[] {'h', 'i'});
    Frame between = new Frame(false, new byte[] {'y', 'o'});
    inLoop(
        () -> {
          cache.encode(ALLOC, text).release();
          cache.encode(ALLOC, between).release();
          cache.encode(ALLOC, text).release();
          assertThat(cache.size()).isEqualTo(1);
        });
  }

  @Test
  void textWithAttachment_toMany_sharesTheirBytes() {
    Frame text = new Frame(false, new byte[] {'h', 'i'});
    Frame attachment = new Frame(true, new byte[] {1, 2});
    inLoop(
        () -> {
          for (int recipient = 0; recipient < 3; recipient++) {
            cache.encode(ALLOC, text).release();
            cache.encode(ALLOC, attachment).release();
          }
          assertThat(cache.size()).isEqualTo(2);
        });
  }

  @Test
  void sameFrame_inOneTurn_sharesItsBytes_andIsForgottenAfterIt() {
    Frame frame = new Frame(false, new byte[] {'h', 'i'});
    inLoop(
        () -> {
          cache.encode(ALLOC, frame).release();
          ByteBuf first = cache.encode(ALLOC, frame);
          ByteBuf second = cache.encode(ALLOC, frame);
          assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
          assertThat(first.readByte()).isEqualTo((byte) 0x81);
          assertThat(second.readableBytes()).isEqualTo(4);
          assertThat(cache.size()).isEqualTo(1);
          first.release();
          second.release();
        });
    inLoop(() -> assertThat(cache.size()).isZero());
  }

  @Test
  void textOfAnEarlierTurn_isKeptAtOnce_untilTheEndOfThisOne() {
    Frame text = new Frame(false, new byte[] {'h', 'i'});
    inLoop(() -> cache.encode(ALLOC, text).release());
    inLoop(
        () -> {
          ByteBuf first = cache.encode(ALLOC, text);
          ByteBuf second = cache.encode(ALLOC, text);
          assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
          assertThat(second.toString(2, 2, StandardCharsets.US_ASCII)).isEqualTo("hi");
          first.release();
          second.release();
        });
    inLoop(() -> assertThat(cache.size()).isZero());
  }

  @Test
  void knownText_whenTheCacheIsFull_isEncodedAlone() {
    Frame text = new Frame(false, new byte[] {'h', 'i'});
    inLoop(
        () -> {
          for (int i = 0; i < FrameCache.MAX_FRAMES; i++) {
            cache.encode(ALLOC, new Frame(true, new byte[1])).release();
          }
          for (int recipient = 0; recipient < 3; recipient++) {
            ByteBuf alone = cache.encode(ALLOC, text);
            assertThat(alone.toString(2, 2, StandardCharsets.US_ASCII)).isEqualTo("hi");
            assertThat(alone.refCnt()).isOne();
            alone.release();
          }
          assertThat(cache.size()).isEqualTo(FrameCache.MAX_FRAMES);
        });
  }

  @Test
  void frames_upToTheLimit_areKept_andOnePast_isEncodedAlone() {
    inLoop(
        () -> {
          for (int i = 0; i < FrameCache.MAX_FRAMES + 1; i++) {
            ByteBuf bytes = cache.encode(ALLOC, new Frame(true, new byte[1]));
            assertThat(bytes.readableBytes()).isEqualTo(3);
            bytes.release();
          }
          assertThat(cache.size()).isEqualTo(FrameCache.MAX_FRAMES);
        });
  }

  @Test
  void bytes_upToTheLimit_areKept_andOnePast_isEncodedAlone() {
    int header = 10;
    inLoop(
        () -> {
          cache.encode(ALLOC, new Frame(true, new byte[FrameCache.MAX_BYTES - header])).release();
          assertThat(cache.size()).isEqualTo(1);
          cache.encode(ALLOC, new Frame(true, new byte[0])).release();
          assertThat(cache.size()).isEqualTo(1);
        });
  }
}
