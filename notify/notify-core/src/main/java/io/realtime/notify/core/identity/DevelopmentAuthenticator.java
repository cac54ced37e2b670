package io.realtime.notify.core.identity;

import io.realtime.notify.core.identity.Identification.Known;
import io.realtime.notify.core.identity.Identification.Refused;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes every {@code userId}. For a developer's machine: configuration refuses it elsewhere. */
public final class DevelopmentAuthenticator implements Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(DevelopmentAuthenticator.class);
  private static final String ADMIN = "admin";

  private final AtomicBoolean tokenSeen = new AtomicBoolean();

  @Override
  public Identification identify(Credentials credentials) {
    if (credentials.token().isPresent() && tokenSeen.compareAndSet(false, true)) {
      LOG.warn(
          "A client sent a token: AUTH_MODE=development ignores tokens and believes every userId."
              + " Set JWT_SECRET to check them.");
    }
    if (credentials.userId().isEmpty()) {
      return new Refused(Refusal.USER_ID_REQUIRED);
    }
    String userId = credentials.userId().get();
    if (!UserIds.valid(userId)) {
      return new Refused(Refusal.USER_ID_INVALID);
    }
    boolean admin = credentials.role().filter(ADMIN::equals).isPresent() || userId.contains(ADMIN);
    return new Known(new Principal(userId, admin, Set.of(), Optional.empty()));
  }
}
