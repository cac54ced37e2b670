package io.realtime.notify.app.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMintTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static String mint(String secret, List<String> path, Optional<String> role) {
    return new TokenMint(
            new Config.Auth.Jwt(new Secret(secret), path), Clock.fixed(NOW, ZoneOffset.UTC))
        .mint("user-1", role, Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123456789abcdef0123456789abcdef"})
  void token_verifiesWithPlainHmac(String secret) throws Exception {
    String token = mint(secret, List.of("role"), Optional.empty());

    int dot = token.lastIndexOf('.');
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertThat(Base64.getUrlDecoder().decode(token.substring(dot + 1))).isEqualTo(expected);
  }

  @Test
  void token_saysWhoAndUntilWhen() throws Exception {
    JWTClaimsSet claims =
        SignedJWT.parse(mint("s", List.of("role"), Optional.of("admin"))).getJWTClaimsSet();

    assertThat(claims.getSubject()).isEqualTo("user-1");
    assertThat(claims.getExpirationTime()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(claims.getClaim("role")).isEqualTo("admin");
  }

  @Test
  void roleClaim_nested_isWrittenAtItsPath() throws Exception {
    JWTClaimsSet claims =
        SignedJWT.parse(mint("s", List.of("realm", "role"), Optional.of("admin")))
            .getJWTClaimsSet();

    assertThat(claims.getClaim("realm")).isEqualTo(Map.of("role", "admin"));
  }
}
