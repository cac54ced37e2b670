package io.realtime.notify.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.realtime.notify.core.identity.Identification.Known;
import io.realtime.notify.core.identity.Identification.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {
  private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final JwtAuthenticator authenticator = withRoleClaim(List.of("role"));

  @Test
  void validToken_identified_isItsSubject() throws Exception {
    Instant end = NOW.plusSeconds(60);

    assertThat(identify(token(claims -> claims.expirationTime(Date.from(end)))))
        .isEqualTo(new Known(new Principal("user-1", false, java.util.Set.of(), Optional.of(end))));
  }

  @Test
  void tokenWithoutExpiry_identified_neverExpires() throws Exception {
    assertThat(known(token(claims -> claims)).expiresAt()).isEmpty();
  }

  @Test
  void roleClaim_asText_makesAnAdmin() throws Exception {
    assertThat(known(token(claims -> claims.claim("role", "admin"))).admin()).isTrue();
  }

  @Test
  void roleClaim_asArray_makesAnAdmin() throws Exception {
    assertThat(known(token(claims -> claims.claim("role", List.of("x", "admin")))).admin())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Admin", "administrator", "user", ""})
  void roleClaim_thatIsNotExactlyAdmin_makesNoAdmin(String role) throws Exception {
    assertThat(known(token(claims -> claims.claim("role", role))).admin()).isFalse();
  }

  @Test
  void roleClaim_nested_isFoundByItsPath() throws Exception {
    String token = token(claims -> claims.claim("realm_access", Map.of("roles", List.of("admin"))));

    assertThat(
            withRoleClaim(List.of("realm_access", "roles"))
                .identify(new Credentials(Optional.empty(), Optional.of(token), Optional.empty())))
        .isInstanceOfSatisfying(Known.class, it -> assertThat(it.principal().admin()).isTrue());
  }

  @Test
  void roleInTheQuery_withAToken_countsForNothing() throws Exception {
    Credentials credentials =
        new Credentials(
            Optional.empty(), Optional.of(token(claims -> claims)), Optional.of("admin"));

    assertThat(authenticator.identify(credentials))
        .isInstanceOfSatisfying(Known.class, it -> assertThat(it.principal().admin()).isFalse());
  }

  @Test
  void scopes_ofBothSpellings_areGranted() throws Exception {
    assertThat(
            known(
                    token(
                        claims ->
                            claims
                                .claim("scope", "stats:read broadcast")
                                .claim("scp", List.of("other"))))
                .scopes())
        .containsExactlyInAnyOrder("stats:read", "broadcast", "other");
  }

  @Test
  void userIdOfTheToken_repeatedInTheQuery_isAccepted() throws Exception {
    assertThat(authenticator.identify(credentials("user-1", token(claims -> claims))))
        .isInstanceOf(Known.class);
  }

  @Test
  void otherUserId_inTheQuery_isRefused() throws Exception {
    assertThat(authenticator.identify(credentials("user-2", token(claims -> claims))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void otherUserId_withAnExpiredToken_isNotCalledExpired() throws Exception {
    String token = token(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(3600))));

    assertThat(authenticator.identify(credentials("user-2", token)))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void expiry_withinTheLeeway_isAccepted() throws Exception {
    Instant end = NOW.minus(JwtAuthenticator.LEEWAY).plusSeconds(1);

    assertThat(identify(token(claims -> claims.expirationTime(Date.from(end)))))
        .isInstanceOf(Known.class);
  }

  @Test
  void expiry_atTheLeeway_isExpired() throws Exception {
    Instant end = NOW.minus(JwtAuthenticator.LEEWAY);

    assertThat(identify(token(claims -> claims.expirationTime(Date.from(end)))))
        .isEqualTo(new Refused(Refusal.TOKEN_EXPIRED));
  }

  @Test
  void notBefore_pastTheLeeway_isRefused() throws Exception {
    Instant start = NOW.plus(JwtAuthenticator.LEEWAY).plusSeconds(1);

    assertThat(identify(token(claims -> claims.notBeforeTime(Date.from(start)))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void issuedInTheFuture_pastTheLeeway_isRefused() throws Exception {
    Instant start = NOW.plus(Duration.ofMinutes(5));

    assertThat(identify(token(claims -> claims.issueTime(Date.from(start)))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void subject_ofTheLongestLength_isAcceptedAndOneMoreIsRefused() throws Exception {
    assertThat(identify(token(claims -> claims.subject("u".repeat(256)))))
        .isInstanceOf(Known.class);
    assertThat(identify(token(claims -> claims.subject("u".repeat(257)))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void subject_thatIsMissing_isRefused() throws Exception {
    assertThat(identify(token(claims -> claims.subject(null))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void otherSecret_signed_isRefused() throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    jwt.sign(new MACSigner("another-secret-of-thirty-two-bytes!!"));

    assertThat(identify(jwt.serialize())).isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void otherAlgorithm_signedWithTheSameSecret_isRefused() throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims().build());
    jwt.sign(new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.UTF_8)));

    assertThat(identify(jwt.serialize())).isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void unsignedToken_ofAlgorithmNone_isRefused() {
    assertThat(identify(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void idTokenType_isRefused() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("id_token+jwt")).build();
    SignedJWT jwt = new SignedJWT(header, claims().build());
    jwt.sign(new MACSigner(SECRET));

    assertThat(identify(jwt.serialize())).isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-token-here", "a.b.c", "...", "\u0000", "e30.e30.", "[1].2.3"})
  void garbage_asToken_isRefused(String token) {
    assertThat(identify(token)).isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void payloadThatIsNoJson_signed_isRefused() throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String head = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
    String body = base64.encodeToString("not json".getBytes(StandardCharsets.UTF_8));
    byte[] signature =
        new MACSigner(SECRET)
            .sign(
                new JWSHeader(JWSAlgorithm.HS256),
                (head + "." + body).getBytes(StandardCharsets.US_ASCII))
            .decode();

    assertThat(identify(head + "." + body + "." + base64.encodeToString(signature)))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void tokenPastTheLongestLength_isRefused() throws Exception {
    String atTheLimit = token(claims -> claims);
    String padding = "x".repeat(JwtAuthenticator.MAX_TOKEN_LENGTH);

    assertThat(identify(atTheLimit)).isInstanceOf(Known.class);
    assertThat(identify(token(claims -> claims.claim("padding", padding))))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void noToken_withAUserId_isRefused() {
    assertThat(
            authenticator.identify(
                new Credentials(Optional.of("user-1"), Optional.empty(), Optional.empty())))
        .isEqualTo(new Refused(Refusal.AUTHENTICATION_FAILED));
  }

  @Test
  void nothingAtAll_isToldThatUserIdIsRequired() {
    assertThat(
            authenticator.identify(
                new Credentials(Optional.empty(), Optional.empty(), Optional.empty())))
        .isEqualTo(new Refused(Refusal.USER_ID_REQUIRED));
  }

  @Test
  void credentials_asText_hideTheToken() throws Exception {
    String token = token(claims -> claims);

    assertThat(credentials("user-1", token).toString()).doesNotContain(token);
  }

  private static JwtAuthenticator withRoleClaim(List<String> path) {
    return new JwtAuthenticator(
        SECRET.getBytes(StandardCharsets.UTF_8), path, InstantSource.fixed(NOW));
  }

  private Identification identify(String token) {
    return authenticator.identify(
        new Credentials(Optional.empty(), Optional.of(token), Optional.empty()));
  }

  private Principal known(String token) {
    return ((Known) identify(token)).principal();
  }

  private static Credentials credentials(String userId, String token) {
    return new Credentials(Optional.of(userId), Optional.of(token), Optional.empty());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("user-1");
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), change.apply(claims()).build());
    jwt.sign(new MACSigner(SECRET));
    return jwt.serialize();
  }
}
