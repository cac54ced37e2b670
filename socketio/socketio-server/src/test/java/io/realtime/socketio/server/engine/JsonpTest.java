package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling for browsers that may not read other origins, in both revisions. */
class JsonpTest {
  private final Scene scene = Scene.settings().with(options -> options.allowEio3(true)).scene();
  private final List<Object> received = new ArrayList<>();

  JsonpTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket ->
                socket.on(
                    "echo",
                    event -> {
                      received.add(event.arguments().getFirst());
                      socket.emit("e", event.arguments().toArray());
                    }));
  }

  private String address(int revision, String sid) {
    return "/socket.io/?transport=polling&j=3&EIO="
        + revision
        + (sid.isEmpty() ? "" : "&sid=" + sid);
  }

  private String open(int revision) {
    String body = scene.listener.get(address(revision, "")).body();
    assertThat(body).startsWith("___eio[3](\"").endsWith("\");").contains("0{\\\"sid\\\":\\\"");
    int at = body.indexOf("\\\"sid\\\":\\\"") + 10;
    return body.substring(at, at + 20);
  }

  private RecordingExchange post(int revision, String sid, String payload) {
    return scene.listener.post(
        address(revision, sid), "d=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }

  @Test
  void revision4_payloads_areScriptsAndForms() {
    String sid = open(4);
    assertThat(post(4, sid, "40").body()).isEqualTo("ok");
    RecordingExchange connected = scene.listener.get(address(4, sid));
    assertThat(connected.body()).startsWith("___eio[3](\"40{\\\"sid\\\":\\\"");
    assertThat(connected.header("content-type")).isEqualTo("text/plain; charset=UTF-8");

    post(4, sid, "42[\"echo\",1]\u001e42[\"echo\",2]");

    assertThat(scene.listener.get(address(4, sid)).body())
        .isEqualTo("___eio[3](\"42[\\\"e\\\",1]\\u001e42[\\\"e\\\",2]\");");
  }

  @Test
  void revision3_payloads_areTextWithBase64() {
    String sid = open(3);
    assertThat(scene.listener.get(address(3, sid)).body()).isEqualTo("___eio[3](\"2:40\");");

    post(3, sid, "42:451-[\"echo\",{\"_placeholder\":true,\"num\":0}]10:b4AQIDBA==");

    assertThat(scene.listener.get(address(3, sid)).body())
        .endsWith("10:b4AQIDBA==\");")
        .startsWith("___eio[3](\"39:451-[");
  }

  @Test
  void script_lineSeparators_areEscaped() {
    String sid = open(4);
    post(4, sid, "40");
    scene.listener.get(address(4, sid));

    post(4, sid, "42[\"echo\",\"a\u2028\u2029é\u20ac\\\\\"]");

    assertThat(scene.listener.get(address(4, sid)).body())
        .isEqualTo("___eio[3](\"42[\\\"e\\\",\\\"a\\u2028\\u2029é\u20ac\\\\\\\\\\\"]\");");
  }

  @Test
  void form_lineFeeds_areUnescapedOnce() {
    String sid = open(4);
    post(4, sid, "40");

    // the JSON holds \n, which the client doubles; a line feed of its own it writes as \n
    post(4, sid, "42[\"echo\",\\n\"a\\\\nb\"]");

    assertThat(received).containsExactly("a\nb");
  }

  @Test
  void index_foreignCharacters_areLeftOut() {
    String body = scene.listener.get("/socket.io/?EIO=4&transport=polling&j=1)alert(2").body();

    assertThat(body).startsWith("___eio[12](\"0{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x=1", "d=40&d=40", "&&"})
  void form_withoutOneField_saysNothing(String form) {
    String sid = open(4);

    assertThat(scene.listener.post(address(4, sid), form).body()).isEqualTo("ok");

    assertThat(scene.core.of("/").localSocketCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d=%4", "d=%zz", "d=9", "d="})
  void form_malformed_endsTheSession(String form) {
    String sid = open(4);

    assertThat(scene.listener.post(address(4, sid), form).status()).isEqualTo(400);

    assertThat(scene.core.connectionCount()).isZero();
  }
}
