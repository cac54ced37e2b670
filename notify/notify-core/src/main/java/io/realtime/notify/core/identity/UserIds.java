package io.realtime.notify.core.identity;

/** The shape of a user id (contract section 3). */
public final class UserIds {
  /** Characters (UTF-16 units) of the longest id. */
  public static final int MAX_LENGTH = 256;

  private UserIds() {}

  /**
   * Whether {@code id} has 1 to {@link #MAX_LENGTH} characters, none of them a control character.
   */
  public static boolean valid(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().noneMatch(Character::isISOControl);
  }
}
