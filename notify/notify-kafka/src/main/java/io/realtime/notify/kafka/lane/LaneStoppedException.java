package io.realtime.notify.kafka.lane;

/** Ends what a stopped lane was about to do; what the store has is reported before. */
public final class LaneStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaneStoppedException() {
    super("the lane was stopped", null, false, false);
  }
}
