package io.realtime.notify.app.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.ConfigLoader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs tokens with the service's own secret (HS256). */
public final class TokenMint {
  private final Config.Auth.Jwt keys;
  private final Clock clock;

  public TokenMint(Config.Auth.Jwt keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** A token of {@code user}, valid from now on for {@code life}. */
  public String mint(String user, Optional<String> role, Duration life) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)));
    role.ifPresent(value -> addRole(claims, value));
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 is not available", e);
    }
    return token.serialize();
  }

  /**
   * HMAC fills a short key with zeros (RFC 2104 section 2), so these are the same keys; the library
   * refuses short ones. Whether a short one is allowed was decided when settings were read.
   */
  private byte[] key() {
    byte[] bytes = keys.secret().utf8();
    return bytes.length < ConfigLoader.MIN_SECRET_BYTES
        ? Arrays.copyOf(bytes, ConfigLoader.MIN_SECRET_BYTES)
        : bytes;
  }

  private void addRole(JWTClaimsSet.Builder claims, String role) {
    List<String> path = keys.roleClaim();
    Object value = role;
    for (int i = path.size() - 1; i > 0; i--) {
      value = Map.of(path.get(i), value);
    }
    claims.claim(path.getFirst(), value);
  }
}
