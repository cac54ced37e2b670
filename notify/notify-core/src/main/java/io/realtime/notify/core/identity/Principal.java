package io.realtime.notify.core.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A caller whose identity is established.
 *
 * @param userId 1 to {@link UserIds#MAX_LENGTH} characters
 * @param admin may see the admin feed and other users' orders
 * @param scopes what the token grants a REST caller besides
 * @param expiresAt when the token ends; empty when it does not
 */
public record Principal(
    String userId, boolean admin, Set<String> scopes, Optional<Instant> expiresAt) {

  /** The text that clients see. */
  public String role() {
    return admin ? "admin" : "user";
  }
}
