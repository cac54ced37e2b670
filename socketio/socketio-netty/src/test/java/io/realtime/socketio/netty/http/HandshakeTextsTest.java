package io.realtime.socketio.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakeTextsTest {
  private static String fresh(String text) {
    return String.valueOf(text.toCharArray());
  }

  @Test
  void value_alikeForManyClients_isOneInstance() {
    String first = HandshakeTexts.value("user-agent", fresh("a browser"));

    assertThat(HandshakeTexts.value("user-agent", fresh("a browser"))).isSameAs(first);
    assertThat(HandshakeTexts.name(fresh("User-Agent")))
        .isEqualTo("user-agent")
        .isSameAs(HandshakeTexts.name(fresh("USER-AGENT")));
  }

  @Test
  void value_perhapsSecret_isNotRemembered() {
    String first = HandshakeTexts.value("authorization", fresh("Bearer t"));

    assertThat(HandshakeTexts.value("authorization", fresh("Bearer t")))
        .isEqualTo(first)
        .isNotSameAs(first);
  }

  @Test
  void value_tooLong_isNotRemembered() {
    String text = "x".repeat(HandshakeTexts.MAX_LENGTH + 1);
    String first = HandshakeTexts.value("host", fresh(text));

    assertThat(HandshakeTexts.value("host", fresh(text))).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void target_bareHandshake_isOneInstance() {
    String raw = "/socket.io/?EIO=4&transport=websocket";
    RequestTarget first = HandshakeTexts.target(fresh(raw)).orElseThrow();

    assertThat(HandshakeTexts.target(fresh(raw)).orElseThrow()).isSameAs(first);
    assertThat(first).isEqualTo(RequestTarget.parse(raw).orElseThrow());
  }

  @Test
  void target_withAParameterOfTheApplication_isNotRemembered() {
    String raw = "/socket.io/?EIO=4&transport=websocket&token=t";
    RequestTarget first = HandshakeTexts.target(fresh(raw)).orElseThrow();

    assertThat(HandshakeTexts.target(fresh(raw)).orElseThrow()).isEqualTo(first).isNotSameAs(first);
  }
}
