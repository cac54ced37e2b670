package io.realtime.notify.app.service;

import io.realtime.notify.app.config.Config;

/** The service. */
public final class RealtimeService implements AutoCloseable {
  private RealtimeService() {}

  /** Starts it; returns when it listens. */
  public static RealtimeService start(Config config) {
    return new RealtimeService();
  }

  /** The port it listens on. */
  public int port() {
    return 0;
  }

  /** Returns when {@link #close} has ended. */
  public void awaitStop() throws InterruptedException {}

  @Override
  public void close() {}
}
