package io.realtime.notify.app.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be ended, in reverse order of its start. Used by one thread at a time. */
final class StopSequence {
  private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);

  private final Deque<Step> steps = new ArrayDeque<>();

  private record Step(String name, AutoCloseable part) {}

  /** {@code part} is ended before everything that was pushed earlier. */
  <T extends AutoCloseable> T push(String name, T part) {
    steps.push(new Step(name, part));
    return part;
  }

  /** A step that fails is logged; the rest is ended all the same. */
  void run() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.part().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.warn("stopping {} was interrupted", step.name());
      } catch (Exception e) {
        LOG.warn("stopping {} failed", step.name(), e);
      }
    }
  }
}
