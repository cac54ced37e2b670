package io.realtime.socketio.netty;

import io.realtime.socketio.netty.http.HttpLimits;
import io.realtime.socketio.netty.loop.NativeTransport;
import io.realtime.socketio.netty.loop.NettyLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener in front of a {@link TestDispatch}, on every transport in turn. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass(name = "{0}")
@EnumSource(NativeTransport.class)
abstract class ListenerTest {
  static final int LINE_LIMIT = 2_000;
  static final int HEADER_LIMIT = 3_000;
  static final int PIPELINE_LIMIT = 8;
  static final int CONNECTION_LIMIT = 20;
  static final Duration SHORT = Duration.ofMillis(400);

  @Parameter NativeTransport transport = NativeTransport.NIO;

  final TestDispatch dispatch = new TestDispatch();
  NettyLoops loops;
  NettyListener listener;

  @BeforeAll
  static void poll() {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  @BeforeEach
  void start() throws IOException {
    loops = NettyLoops.start(List.of(transport), 2);
    listener = NettyListener.bind(loops, dispatch, options());
  }

  @AfterEach
  void stop() {
    listener.stopAccepting().toCompletableFuture().join();
    loops.close().toCompletableFuture().join();
  }

  ListenerOptions options() {
    return ListenerOptions.defaults()
        .withAddress("127.0.0.1", 0)
        .withMaxConnections(CONNECTION_LIMIT)
        .withCloseDeadline(SHORT)
        .withHttp(
            new HttpLimits(
                LINE_LIMIT,
                HEADER_LIMIT,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                PIPELINE_LIMIT));
  }

  RawClient client() throws IOException {
    return new RawClient(listener.port());
  }
}
