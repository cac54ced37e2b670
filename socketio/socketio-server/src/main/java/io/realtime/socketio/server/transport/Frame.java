package io.realtime.socketio.server.transport;

/**
 * One WebSocket message, encoded once and written to any number of channels: a channel may keep its
 * own form of it as long as it sees the same instance again in one batch. Any thread.
 */
public final class Frame {
  private final boolean binary;
  private final byte[] payload;

  /** A bit for each loop, as many as there are bits. */
  private int seenOn;

  /**
   * @param payload never written to
   */
  public Frame(boolean binary, byte[] payload) {
    this.binary = binary;
    this.payload = payload;
  }

  public boolean binary() {
    return binary;
  }

  /** Never written to. */
  public byte[] payload() {
    return payload;
  }

  /**
   * True at first on each loop: most messages are for one channel, and whoever writes them to
   * another knows then that there are more. A hint: one of two loops that ask at the same moment
   * may be told so twice, and loops whose indexes are the same modulo 32 share their answers.
   */
  public boolean isNewOn(Loop loop) {
    int bit = 1 << loop.index();
    if ((seenOn & bit) != 0) {
      return false;
    }
    seenOn |= bit;
    return true;
  }
}
