package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DynamicNamespaces;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.ParentNamespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Namespaces that are made because a client asks for them. */
class DynamicNamespaceTest {
  private static final Pattern DYNAMIC = Pattern.compile("/dynamic-\\d+");

  private final List<Socket> sockets = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();

  private Scene scene(DynamicNamespaces bounds) {
    Scene scene =
        Scene.settings()
            .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
            .with(options -> options.dynamicNamespaces(bounds))
            .scene();
    scene.core.onNewNamespace(namespace -> announced.add(namespace.name()));
    return scene;
  }

  private final Scene scene = scene(DynamicNamespaces.defaults());

  /** A client by WebSocket that has said that, and what it was answered. */
  private static List<String> connect(Scene scene, String connect) {
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, connect);
    return client.take();
  }

  private static void assertConnected(List<String> answer, String namespace) {
    assertThat(answer).hasSize(1);
    assertThat(answer.getFirst()).startsWith("40" + namespace + ",{\"sid\":\"");
  }

  @Test
  void pattern_matches_namespaceIsMadeOnce() {
    scene.core.of(DYNAMIC).onConnection(sockets::add);

    assertConnected(connect(scene, "40/dynamic-1,"), "/dynamic-1");
    assertConnected(connect(scene, "40/dynamic-1,"), "/dynamic-1");
    assertConnected(connect(scene, "40/dynamic-2,"), "/dynamic-2");

    assertThat(announced).containsExactly("/dynamic-1", "/dynamic-2");
    assertThat(sockets)
        .extracting(it -> it.namespace().name())
        .containsExactly("/dynamic-1", "/dynamic-1", "/dynamic-2");
    assertThat(scene.core.namespaces())
        .extracting(Namespace::name)
        .containsExactlyInAnyOrder("/", "/dynamic-1", "/dynamic-2");
  }

  @Test
  void pattern_matchesAPartOnly_isRefused() {
    scene.core.of(DYNAMIC);

    assertThat(connect(scene, "40/dynamic-1x,"))
        .containsExactly("44/dynamic-1x,{\"message\":\"Invalid namespace\"}");
    assertThat(announced).isEmpty();
  }

  @Test
  void rule_seesTheAuth_andTheFirstThatAdmitsIsTheParent() {
    List<String> parents = new ArrayList<>();
    scene
        .core
        .of((name, auth) -> CompletableFuture.completedStage("a".equals(auth.get("to"))))
        .onConnection(socket -> parents.add("a"));
    scene
        .core
        .of((name, auth) -> CompletableFuture.completedStage(true))
        .onConnection(socket -> parents.add("b"));

    assertConnected(connect(scene, "40/1,{\"to\":\"a\"}"), "/1");
    assertConnected(connect(scene, "40/2,{\"to\":\"b\"}"), "/2");

    assertThat(parents).containsExactly("a", "b");
  }

  @Test
  void rule_failsOrThrows_countsAsRefusal() {
    scene.core.of((name, auth) -> CompletableFuture.failedStage(new IllegalStateException("x")));
    scene.core.of(
        (name, auth) -> {
          throw new IllegalStateException("planted");
        });

    assertThat(connect(scene, "40/1,")).containsExactly("44/1,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void rule_thinks_clientIsAnsweredThenAndMayNotAskTwice() {
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    scene.core.of((name, auth) -> verdict);
    RecordingChannel patient = scene.openWebSocket(0);
    scene.text(patient, 0, "40/1,");
    RecordingChannel hasty = scene.openWebSocket(0);
    scene.text(hasty, 0, "40/1,");
    scene.text(hasty, 0, "40/1,");
    assertThat(hasty.ending()).isEqualTo("close");
    assertThat(patient.take()).isEmpty();

    verdict.complete(true);
    scene.loops.run();

    assertConnected(patient.take(), "/1");
    assertThat(scene.core.of("/1").localSocketCount()).isEqualTo(1);
  }

  @Test
  void child_beginsWithTheParentsMiddlewaresAndListeners() {
    ParentNamespace parent = scene.core.of(DYNAMIC);
    parent
        .use(
            socket ->
                socket.handshake().auth().isEmpty()
                    ? CompletableFuture.failedStage(new ConnectRefused("no auth"))
                    : CompletableFuture.completedStage(null))
        .onConnection(sockets::add);

    assertThat(connect(scene, "40/dynamic-1,"))
        .containsExactly("44/dynamic-1,{\"message\":\"no auth\"}");
    assertConnected(connect(scene, "40/dynamic-1,{\"a\":1}"), "/dynamic-1");

    assertThat(sockets).hasSize(1);
  }

  @Test
  void ofAName_thatAPatternMatches_isAChild() {
    ParentNamespace parent = scene.core.of(DYNAMIC).onConnection(sockets::add);

    Namespace child = scene.core.of("/dynamic-7");
    assertConnected(connect(scene, "40/dynamic-7,"), "/dynamic-7");

    assertThat(parent.children()).containsExactly(child);
    assertThat(sockets).hasSize(1);
    assertThat(announced).isEmpty();
  }

  @Test
  void parentEmit_reachesTheSocketsOfAllChildren() {
    ParentNamespace parent = scene.core.of(DYNAMIC);
    RecordingChannel first = scene.openWebSocket(0);
    scene.text(first, 0, "40/dynamic-1,");
    RecordingChannel second = scene.openWebSocket(0);
    scene.text(second, 0, "40/dynamic-2,");
    scene.core.of("/dynamic-2").socketsJoin("room");
    scene.loops.run();
    first.take();
    second.take();

    parent.emit("all", 1);
    parent.to("room").compress(false).emit("some");
    parent.except("room").volatileOnly().emit("others");
    parent.in("nowhere").local().send("nobody");
    scene.loops.run();

    assertThat(first.take())
        .containsExactly("42/dynamic-1,[\"all\",1]", "42/dynamic-1,[\"others\"]");
    assertThat(second.take())
        .containsExactly("42/dynamic-2,[\"all\",1]", "42/dynamic-2,[\"some\"]");
  }

  @Test
  void children_atTheBound_oneMoreIsRefusedKnownOnesAreNot() {
    Scene bounded = scene(new DynamicNamespaces(2, false));
    bounded.core.of(DYNAMIC);
    assertConnected(connect(bounded, "40/dynamic-1,"), "/dynamic-1");
    assertConnected(connect(bounded, "40/dynamic-2,"), "/dynamic-2");

    assertThat(connect(bounded, "40/dynamic-3,"))
        .containsExactly(
            "44/dynamic-3,{\"message\":\"Too many namespaces\","
                + "\"data\":{\"code\":\"TOO_MANY_NAMESPACES\"}}");
    assertConnected(connect(bounded, "40/dynamic-2,"), "/dynamic-2");
  }

  @Test
  void cleanup_lastSocketLeaves_childGoesAndMakesRoom() {
    Scene cleaning = scene(new DynamicNamespaces(1, true));
    ParentNamespace parent = cleaning.core.of(DYNAMIC);
    RecordingChannel first = cleaning.openWebSocket(0);
    cleaning.text(first, 0, "40/dynamic-1,");
    RecordingChannel second = cleaning.openWebSocket(0);
    cleaning.text(second, 0, "40/dynamic-1,");

    cleaning.text(first, 0, "41/dynamic-1,");
    assertThat(parent.children()).hasSize(1);
    cleaning.loops.in(0, () -> second.events().onClose(1006));

    assertThat(parent.children()).isEmpty();
    assertThat(cleaning.core.namespaces()).extracting(Namespace::name).containsExactly("/");
    assertConnected(connect(cleaning, "40/dynamic-2,"), "/dynamic-2");
    assertThat(announced).containsExactly("/dynamic-1", "/dynamic-2");
  }

  @Test
  void cleanup_connectionEndsWhileTheRuleThinks_nothingIsLeft() {
    Scene cleaning = scene(new DynamicNamespaces(10, true));
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    cleaning.core.of((name, auth) -> verdict);
    RecordingChannel client = cleaning.openWebSocket(0);
    cleaning.text(client, 0, "40/1,");
    cleaning.loops.in(0, () -> client.events().onClose(1006));

    verdict.complete(true);
    cleaning.loops.run();

    assertThat(cleaning.core.namespaces()).extracting(Namespace::name).containsExactly("/");
  }

  @Test
  void cleanup_middlewareRefuses_childGoes() {
    Scene cleaning = scene(new DynamicNamespaces(10, true));
    cleaning
        .core
        .of(DYNAMIC)
        .use(socket -> CompletableFuture.failedStage(new ConnectRefused("no", Map.of())));

    connect(cleaning, "40/dynamic-1,");

    assertThat(cleaning.core.namespaces()).extracting(Namespace::name).containsExactly("/");
  }
}
