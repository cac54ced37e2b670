package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.OutgoingListener;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an application can register with a socket, and take back. */
class EventListenersTest {
  private final Scene scene =
      Scene.settings()
          .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
          .payloads(PayloadMapper.records())
          .scene();
  private final List<String> log = new ArrayList<>();
  private final RecordingChannel client;
  private final Socket socket;

  EventListenersTest() {
    List<Socket> sockets = new ArrayList<>();
    scene.core.onConnection(sockets::add);
    client = scene.connectWebSocket(0);
    socket = sockets.getFirst();
  }

  private EventListener log(String who) {
    return event -> log.add(who + event.arguments());
  }

  private void receive(String... packets) {
    for (String packet : packets) {
      scene.text(client, 0, packet);
    }
  }

  @Test
  void once_isCalledForTheFirstEventOnly() {
    socket.once("e", log("once")).on("e", log("on"));

    receive("42[\"e\",1]", "42[\"e\",2]");

    assertThat(log).containsExactly("once[1]", "on[1]", "on[2]");
  }

  @Test
  void off_takesBackTheLatestRegistrationOfThatListener() {
    EventListener twice = log("twice");
    socket.on("e", twice).on("e", log("other")).on("e", twice).on("f", twice);
    socket.off("e", twice);

    receive("42[\"e\"]");

    assertThat(log).containsExactly("twice[]", "other[]");
    socket.off("e");
    receive("42[\"e\"]", "42[\"f\"]");
    assertThat(log).containsExactly("twice[]", "other[]", "twice[]");
  }

  @Test
  void listenerTakesItselfBackWhileCalled_theOthersAreCalled() {
    EventListener[] self = new EventListener[1];
    self[0] =
        event -> {
          log.add("self");
          socket.off("e", self[0]);
        };
    socket.on("e", self[0]).on("e", log("other"));

    receive("42[\"e\"]", "42[\"e\"]");

    assertThat(log).containsExactly("self", "other[]", "other[]");
  }

  @Test
  void anyListeners_runBeforeNamedOnesInTheirOrder_untilTakenBack() {
    EventListener any = log("any");
    socket.on("e", log("on")).onAny(any).prependAny(log("first"));

    receive("42[\"e\"]");
    assertThat(log).containsExactly("first[]", "any[]", "on[]");

    socket.offAny(any);
    receive("42[\"e\"]");
    socket.offAny();
    receive("42[\"e\"]");
    assertThat(log.subList(3, log.size())).containsExactly("first[]", "on[]", "on[]");
  }

  @Test
  void outgoingListeners_seeEmitsQuestionsAndBroadcasts_untilTakenBack() {
    OutgoingListener second = (event, arguments) -> log.add("second " + event + arguments);
    socket.onAnyOutgoing(second);
    socket.prependAnyOutgoing((event, arguments) -> log.add("first " + event + arguments));
    scene.loops.in(
        0,
        () -> {
          socket.emit("e", 1);
          scene.core.emit("all");
          var _ = socket.timeout(Duration.ofSeconds(1)).emitWithAck("q", 2);
          var _ = scene.core.timeout(Duration.ofSeconds(1)).emitWithAck("bq", 3);
        });
    assertThat(log)
        .containsExactly(
            "first e[1]",
            "second e[1]",
            "first all[]",
            "second all[]",
            "first q[2]",
            "second q[2]",
            "first bq[3]",
            "second bq[3]");

    log.clear();
    socket.offAnyOutgoing(second);
    scene.loops.in(0, () -> socket.emit("e"));
    socket.offAnyOutgoing();
    scene.loops.in(0, () -> socket.emit("e"));
    assertThat(log).containsExactly("first e[]");
  }

  @Test
  void outgoingListenerThrows_endsTheConnection() {
    socket.onAnyOutgoing(
        (event, arguments) -> {
          throw new IllegalStateException("planted");
        });

    scene.loops.in(0, () -> scene.core.emit("all"));

    assertThat(client.ending()).isEqualTo("close");
    assertThat(scene.core.stats().listenersFailed()).isEqualTo(1);
  }

  @Test
  void middlewares_admit_eventReachesItsListenersBehindAny() {
    socket
        .use(
            event -> {
              log.add("1 " + event.name());
              return CompletableFuture.completedStage(null);
            })
        .use(
            event -> {
              log.add("2 " + event.name());
              return CompletableFuture.completedStage(null);
            })
        .onAny(log("any"))
        .on("e", log("on"));

    receive("42[\"e\"]");

    assertThat(log).containsExactly("any[]", "1 e", "2 e", "on[]");
  }

  @Test
  void middleware_failsOrThrows_eventIsDroppedAndErrorListenersHear() {
    socket
        .on("late", log("on"))
        .on("bad", log("on"))
        .onError(failure -> log.add("error " + failure.getMessage()))
        .use(
            event -> {
              if (event.name().equals("bad")) {
                throw new IllegalArgumentException("thrown");
              }
              return CompletableFuture.supplyAsync(
                  () -> {
                    throw new IllegalArgumentException("failed");
                  },
                  scene.loops.loop(0));
            })
        .use(
            event -> {
              log.add("not asked");
              return CompletableFuture.completedStage(null);
            });

    receive("42[\"late\"]", "42[\"bad\"]");

    assertThat(log).containsExactly("error failed", "error thrown");
    assertThat(client.ending()).isEmpty();
  }

  @Test
  void middleware_thinks_eventIsDispatchedThen_unlessTheSocketHasEnded() {
    List<CompletableFuture<Void>> verdicts = new ArrayList<>();
    socket
        .on("e", log("on"))
        .use(
            event -> {
              CompletableFuture<Void> verdict = new CompletableFuture<>();
              verdicts.add(verdict);
              return verdict;
            });
    receive("42[\"e\",1]", "42[\"e\",2]", "42[\"e\",3]");
    verdicts.get(1).complete(null);
    verdicts.get(0).complete(null);
    scene.loops.run();
    assertThat(log).containsExactly("on[2]", "on[1]");

    receive("41");
    verdicts.get(2).complete(null);
    scene.loops.run();
    assertThat(log).hasSize(2);
  }

  @Test
  void middleware_thinksOfEventsAtTheBound_onePastItEndsTheConnection() {
    socket.use(event -> new CompletableFuture<>());
    for (int i = 0; i < EventDispatch.MAX_PENDING; i++) {
      receive("42[\"e\"]");
    }
    assertThat(client.ending()).isEmpty();

    receive("42[\"e\"]");

    assertThat(client.ending()).isEqualTo("close");
  }

  /** What a client says. */
  record Order(String id, int amount, List<String> tags) {}

  @Test
  void typedListener_getsTheFirstArgumentAsARecord() {
    socket.on(
        "order", Order.class, (order, event) -> log.add(order + " " + event.arguments().size()));

    receive("42[\"order\",{\"id\":\"a\",\"amount\":2,\"tags\":[\"x\"],\"more\":1},\"second\"]");

    assertThat(log).containsExactly("Order[id=a, amount=2, tags=[x]] 2");
  }

  @Test
  void typedListener_argumentIsNoneOfThese_eventIsDroppedAndErrorListenersHear() {
    socket
        .on("order", Order.class, (order, event) -> log.add("called"))
        .onError(failure -> log.add(failure.getMessage()));

    receive("42[\"order\",{\"id\":\"a\",\"amount\":\"two\"}]", "42[\"order\"]");

    assertThat(log)
        .containsExactly("payload: String (expected: int)", "payload: null (expected: Order)");
    assertThat(client.ending()).isEmpty();
  }

  @Test
  void recordsAreSent_asObjectsEverywhere() {
    Order order = new Order("a", 2, List.of("x"));
    socket.on("q", event -> event.ack().send(order));
    receive("427[\"q\"]");
    scene.loops.in(
        0,
        () -> {
          socket.emit("e", order);
          scene.core.to(socket.id()).emit("b", List.of(order));
        });

    String json = "{\"id\":\"a\",\"amount\":2,\"tags\":[\"x\"]}";
    assertThat(client.take())
        .containsExactly("437[" + json + "]", "42[\"e\"," + json + "]", "42[\"b\",[" + json + "]]");
  }

  @Test
  void malformedPacket_errorListenersHearThenTheConnectionEnds() {
    socket
        .onError(failure -> log.add(failure.getClass().getSimpleName()))
        .onDisconnect(reason -> log.add(reason.text()));

    receive("42[\"e\"");

    assertThat(log).containsExactly(MalformedPacketException.class.getSimpleName(), "parse error");
  }

  @Test
  void upgrade_listenersHearTheNewTransport() {
    List<Socket> polling = new ArrayList<>();
    scene.core.onConnection(polling::add);
    String sid = scene.connectPolling("/");
    polling
        .getFirst()
        .onUpgrade(to -> log.add(to.wireName() + " " + polling.getFirst().transport()));

    RecordingChannel upgraded = scene.listener.upgrade(Scene.webSocket(sid), 0).channel();
    scene.text(upgraded, 0, "2probe");
    scene.text(upgraded, 0, "5");

    assertThat(log).containsExactly("websocket " + TransportName.WEBSOCKET);
    assertThat(polling.getFirst().protocol()).isEqualTo(4);
  }
}
