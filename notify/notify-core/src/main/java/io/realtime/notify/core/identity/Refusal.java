package io.realtime.notify.core.identity;

import java.util.Optional;

/** Why a caller is refused: the texts that clients see, stable. */
public enum Refusal {
  USER_ID_REQUIRED("userId is required", Optional.empty()),
  USER_ID_INVALID(
      "userId must have 1 to 256 characters and no control characters", Optional.empty()),
  /** One text for every cause, so that nobody learns which part of a forged token was right. */
  AUTHENTICATION_FAILED("Authentication failed", Optional.empty()),
  /** Only for a token that is valid otherwise: the client fetches a new one and connects again. */
  TOKEN_EXPIRED("Authentication failed", Optional.of("TOKEN_EXPIRED")),
  /** The user has as many connections as one may have: the application ends one of them. */
  TOO_MANY_CONNECTIONS("Too many connections of this user", Optional.of("TOO_MANY_CONNECTIONS"));

  private final String message;
  private final Optional<String> code;

  Refusal(String message, Optional<String> code) {
    this.message = message;
    this.code = code;
  }

  public String message() {
    return message;
  }

  /** What the client finds as {@code err.data.code}. */
  public Optional<String> code() {
    return code;
  }
}
