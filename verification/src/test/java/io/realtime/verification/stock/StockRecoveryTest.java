package io.realtime.verification.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.verification.harness.StockClients;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The stock JavaScript client and recovery in memory, over connections that are reset. */
class StockRecoveryTest {
  private static final int LAST = 2_000;
  private static final List<Integer> CUTS = List.of(100, 400, 401, 900, 1_500);

  /** Long enough for a poll to fail. */
  private static final Duration BLINK = Duration.ofMillis(30);

  private final StockClients clients = new StockClients();
  private final ScheduledExecutorService stream = Executors.newSingleThreadScheduledExecutor();
  private NettySocketIoServer server = NettySocketIoServer.builder().build();

  @AfterEach
  void close() throws Exception {
    clients.close();
    stream.shutdownNow();
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Streams a number each millisecond to a room, for ever, once a client says so. */
  private int serve(Duration maxDisconnection) throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .options(
                ServerOptions.builder()
                    .connectionStateRecovery(
                        ConnectionStateRecovery.inMemory()
                            .withMaxDisconnectionDuration(maxDisconnection))
                    .build())
            .build();
    AtomicInteger next = new AtomicInteger();
    server.onConnection(
        socket -> {
          if (!socket.recovered()) {
            socket.join("room");
          }
          socket.once("start", event -> count(next));
        });
    try {
      server.start();
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
    return server.port();
  }

  private void count(AtomicInteger next) {
    var _ =
        stream.scheduleAtFixedRate(
            () -> server.of("/").to("room").emit("number", next.getAndIncrement()),
            0,
            1,
            TimeUnit.MILLISECONDS);
  }

  static Stream<List<String>> transports() {
    return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void connection_resetInMidStream_recoversWithAllMissedOnceAndInOrder(List<String> transports)
      throws Exception {
    int port = serve(Duration.ofMinutes(2));

    JsonNode seen = clients.follow(port, transports, CUTS, BLINK, LAST);

    // 400 and 401 may come in one answer to a poll, and are one cut then
    assertThat(seen.path("connects").toString())
        .isIn("[false,true,true,true,true]", "[false,true,true,true,true,true]");
    assertThat(seen.path("ids").values().stream().distinct()).hasSize(1);
    assertThat(seen.path("first").asInt()).isZero();
    assertThat(seen.path("gaps").asInt()).isZero();
    assertThat(seen.path("repeats").asInt()).isZero();
    assertThat(seen.path("received").asInt()).isEqualTo(LAST + 1);
  }

  @Test
  void connection_awayForLongerThanSessionsWait_beginsAnew() throws Exception {
    int port = serve(Duration.ofMillis(500));

    JsonNode seen =
        clients.follow(port, List.of("websocket"), List.of(100), Duration.ofMillis(1_500), LAST);

    assertThat(seen.path("connects").toString()).isEqualTo("[false,false]");
    assertThat(seen.path("ids").values().stream().distinct()).hasSize(2);
    assertThat(seen.path("gaps").asInt()).isEqualTo(1);
    assertThat(seen.path("repeats").asInt()).isZero();
  }
}
