package io.realtime.socketio.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realtime.socketio.server.api.SessionCookie.SameSite;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionCookieTest {
  private final SessionCookie cookie = SessionCookie.defaults();

  @Test
  void defaults_areUpstreams() {
    assertThat(cookie.setCookie("abc")).isEqualTo("io=abc; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void everyOption_isAnAttribute() {
    assertThat(
            cookie
                .withName("node")
                .withMaxAge(Duration.ofMinutes(1))
                .withDomain("shop.example")
                .withPath("/socket.io")
                .withHttpOnly(false)
                .withSecure(true)
                .withSameSite(SameSite.NONE)
                .setCookie("abc"))
        .isEqualTo(
            "node=abc; Max-Age=60; Domain=shop.example; Path=/socket.io; Secure; SameSite=None");
  }

  @Test
  void whatEndsAnAttribute_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> cookie.withName("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> cookie.withPath("/;x"));
    assertThatIllegalArgumentException().isThrownBy(() -> cookie.withDomain("a\r\nb"));
  }
}
