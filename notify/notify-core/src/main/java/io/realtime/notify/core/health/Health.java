package io.realtime.notify.core.health;

/**
 * What one part can do now.
 *
 * @param detail one sentence for the person who is paged: what is wrong and what happens meanwhile;
 *     no secrets
 */
public record Health(Status status, String detail) {

  /** From best to worst; the whole is as good as its worst part. */
  public enum Status {
    OK,
    DEGRADED,
    STARTING,
    DRAINING,
    DOWN
  }

  /** A part of the service that can say how it is. Any thread; answers from memory. */
  public interface Source {
    /** The key under {@code checks}, such as {@code kafka}. */
    String name();

    Health health();
  }
}
