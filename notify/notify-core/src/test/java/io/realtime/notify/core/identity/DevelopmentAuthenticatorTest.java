package io.realtime.notify.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.identity.Identification.Known;
import io.realtime.notify.core.identity.Identification.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevelopmentAuthenticatorTest {
  private final DevelopmentAuthenticator authenticator = new DevelopmentAuthenticator();

  @Test
  void userId_isBelieved() {
    assertThat(known("user-1", "user").admin()).isFalse();
  }

  @Test
  void roleAdmin_isBelieved() {
    assertThat(known("user-1", "admin").admin()).isTrue();
  }

  @Test
  void userIdThatContainsAdmin_isAnAdmin() {
    assertThat(known("shop-admin-7", "user").admin()).isTrue();
  }

  @Test
  void anyToken_isIgnored() {
    assertThat(
            authenticator.identify(
                new Credentials(
                    Optional.of("user-1"), Optional.of("auth-token-here"), Optional.empty())))
        .isInstanceOf(Known.class);
  }

  @Test
  void noUserId_isToldThatItIsRequired() {
    assertThat(
            authenticator.identify(
                new Credentials(Optional.empty(), Optional.of("token"), Optional.empty())))
        .isEqualTo(new Refused(Refusal.USER_ID_REQUIRED));
  }

  @Test
  void longestUserId_isAcceptedAndOneMoreIsRefused() {
    assertThat(known("u".repeat(256), "user").userId()).hasSize(256);
    assertThat(identify("u".repeat(257), "user")).isEqualTo(new Refused(Refusal.USER_ID_INVALID));
  }

  @Test
  void userIdWithALineBreak_isRefused() {
    assertThat(identify("user\n1", "user")).isEqualTo(new Refused(Refusal.USER_ID_INVALID));
  }

  private Identification identify(String userId, String role) {
    return authenticator.identify(
        new Credentials(Optional.of(userId), Optional.empty(), Optional.of(role)));
  }

  private Principal known(String userId, String role) {
    return ((Known) identify(userId, role)).principal();
  }
}
