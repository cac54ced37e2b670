package io.realtime.notify.core.catalogue;

/**
 * Which members of a payload an audience may see. Everything, until fields are named that a browser
 * must not get.
 */
@FunctionalInterface
public interface Projection {

  /** A payload for {@code audience}; the same array when nothing is left out. */
  byte[] project(Audience audience, String type, byte[] payload);

  /** Who gets a copy. */
  enum Audience {
    USER,
    SUBSCRIBERS,
    ADMINS
  }

  static Projection everything() {
    return (audience, type, payload) -> payload;
  }
}
