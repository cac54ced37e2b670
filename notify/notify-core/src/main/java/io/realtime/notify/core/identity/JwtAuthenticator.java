package io.realtime.notify.core.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.impl.HMAC;
import com.nimbusds.jose.crypto.utils.ConstantTimeUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realtime.notify.core.identity.Identification.Known;
import io.realtime.notify.core.identity.Identification.Refused;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HS256 tokens (RFC 7519, RFC 7518 3.2). The user is {@code sub}. The signature is checked before
 * any claim is read, {@code exp} after everything else, so that only a token that is valid
 * otherwise is called expired.
 */
public final class JwtAuthenticator implements Authenticator {
  /** How far clocks may differ. */
  public static final Duration LEEWAY = Duration.ofSeconds(30);

  /** Characters of the longest token that is looked at. */
  public static final int MAX_TOKEN_LENGTH = 8_192;

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt");
  private static final String ADMIN = "admin";

  private final SecretKey secret;
  private final List<String> roleClaim;
  private final InstantSource clock;

  /**
   * @param secret the key; shorter than 32 bytes is the configuration's to refuse or to warn about
   * @param roleClaim the path of the claim that is {@code admin}, or an array with it
   */
  public JwtAuthenticator(byte[] secret, List<String> roleClaim, InstantSource clock) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("secret: empty (expected: at least 32 bytes)");
    }
    if (roleClaim.isEmpty()) {
      throw new IllegalArgumentException("roleClaim: empty (expected: a path such as [role])");
    }
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.roleClaim = List.copyOf(roleClaim);
    this.clock = clock;
  }

  @Override
  public Identification identify(Credentials credentials) {
    if (credentials.token().isEmpty()) {
      return new Refused(
          credentials.userId().isEmpty()
              ? Refusal.USER_ID_REQUIRED
              : Refusal.AUTHENTICATION_FAILED);
    }
    String token = credentials.token().get();
    if (token.length() > MAX_TOKEN_LENGTH) {
      return new Refused(Refusal.AUTHENTICATION_FAILED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!trusted(jwt)) {
        return new Refused(Refusal.AUTHENTICATION_FAILED);
      }
      return check(jwt.getJWTClaimsSet(), credentials.userId());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return new Refused(Refusal.AUTHENTICATION_FAILED);
    }
  }

  private boolean trusted(SignedJWT jwt) throws JOSEException {
    JWSHeader header = jwt.getHeader();
    @Nullable JOSEObjectType type = header.getType();
    if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
        || header.getCriticalParams() != null
        || (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT)))) {
      return false;
    }
    byte[] expected = HMAC.compute(secret, jwt.getSigningInput(), null);
    return ConstantTimeUtils.areEqual(expected, jwt.getSignature().decode());
  }

  private Identification check(JWTClaimsSet claims, Optional<String> claimedUser)
      throws ParseException {
    @Nullable String subject = claims.getSubject();
    Instant now = clock.instant();
    if (subject == null
        || !UserIds.valid(subject)
        || claimedUser.filter(other -> !other.equals(subject)).isPresent()
        || isAfter(claims.getNotBeforeTime(), now.plus(LEEWAY))
        || isAfter(claims.getIssueTime(), now.plus(LEEWAY))) {
      return new Refused(Refusal.AUTHENTICATION_FAILED);
    }
    Optional<Instant> expiry = Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
    if (expiry.filter(end -> !end.plus(LEEWAY).isAfter(now)).isPresent()) {
      return new Refused(Refusal.TOKEN_EXPIRED);
    }
    return new Known(new Principal(subject, names(claim(claims), ADMIN), scopes(claims), expiry));
  }

  private static boolean isAfter(@Nullable Date date, Instant limit) {
    return date != null && date.toInstant().isAfter(limit);
  }

  private @Nullable Object claim(JWTClaimsSet claims) {
    @Nullable Object value = claims.getClaim(roleClaim.getFirst());
    for (String step : roleClaim.subList(1, roleClaim.size())) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return value;
  }

  private static boolean names(@Nullable Object claim, String role) {
    return claim instanceof Collection<?> roles ? roles.contains(role) : role.equals(claim);
  }

  /** {@code scope} of RFC 8693, 4.2, or the array {@code scp} that some issuers write. */
  private static Set<String> scopes(JWTClaimsSet claims) {
    Set<String> scopes = new HashSet<>();
    for (String name : List.of("scope", "scp")) {
      switch (claims.getClaim(name)) {
        case String text -> scopes.addAll(List.of(text.strip().split("\\s+")));
        case Collection<?> many -> many.forEach(one -> scopes.add(String.valueOf(one)));
        case null, default -> {}
      }
    }
    return Set.copyOf(scopes);
  }
}
