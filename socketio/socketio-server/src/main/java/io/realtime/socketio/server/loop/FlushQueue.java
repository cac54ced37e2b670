package io.realtime.socketio.server.loop;

import io.realtime.socketio.server.transport.Loop;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one loop that have something to send, in rounds: a round ends when all that
 * wait are flushed at the end of a turn. On the loop only.
 */
final class FlushQueue {
  private static final Logger LOG = LoggerFactory.getLogger(FlushQueue.class);

  /** Connections that are flushed together while what they have just written is in the cache. */
  static final int WARM = 64;

  /**
   * Connections that are flushed before the loop serves its transport again: each takes a few
   * microseconds of it, in which nobody is heard.
   */
  static final int FLUSHES_OF_A_TURN = 4_096;

  /** Rounds without a flush between steps, behind one in which too much was parted by it. */
  static final int PATIENCE = 64;

  private final Loop loop;
  private final BooleanSupplier stepsWait;
  private final ArrayDeque<Flushable> dirty = new ArrayDeque<>();
  private final Runnable onFlush = this::onFlush;

  /** Whether {@link #onFlush} is about to run: it is whenever something is dirty. */
  private boolean flushing;

  private long turn;
  private int flushesOfTurn;

  /** Compared with what connections remember of it; never mind that it overflows. */
  private int round = 1;

  /** Rounds, this one too, in which nothing is flushed between steps. */
  private int patience;

  /** Whether something was in this round. */
  private boolean hasty;

  /** Connections of this round that had more to say after they had been flushed in haste. */
  private int parted;

  /**
   * @param stepsWait whether something waits that may write to a connection again
   */
  FlushQueue(Loop loop, BooleanSupplier stepsWait) {
    this.loop = loop;
    this.stepsWait = stepsWait;
  }

  int round() {
    return round;
  }

  void add(Flushable connection, int flushedIn) {
    if (hasty && flushedIn == round && ++parted >= WARM) {
      hasty = false;
      parted = 0;
      patience = PATIENCE + 1;
    }
    dirty.add(connection);
    if (!flushing) {
      flushing = true;
      loop.execute(onFlush);
    }
  }

  /** Between the recipients of one step. */
  void betweenRecipients() {
    if (dirty.size() >= WARM && flushesLeft() > 0 && !stepsWait.getAsBoolean()) {
      flushDirty();
    }
  }

  /**
   * Between two steps. Behind one that had many recipients another may wait for the same ones: they
   * are left alone.
   */
  void betweenSteps() {
    int size = dirty.size();
    if (size >= WARM && size < 2 * WARM && patience == 0 && flushesLeft() > 0) {
      hasty = true;
      flushDirty();
    }
  }

  private void onFlush() {
    flushDirty();
    round++;
    patience = Math.max(0, patience - 1);
    hasty = false;
    parted = 0;
    flushing = !dirty.isEmpty();
    if (flushing && flushesLeft() > 0) {
      loop.execute(onFlush);
    } else if (flushing) {
      loop.nextTurn(onFlush);
    }
  }

  /** Those that are dirty now, as far as this turn may go. */
  private void flushDirty() {
    for (int left = Math.min(dirty.size(), flushesLeft()); left > 0; left--) {
      flushesOfTurn++;
      flush(dirty.remove());
    }
  }

  private int flushesLeft() {
    long now = loop.turns();
    if (now != turn) {
      turn = now;
      flushesOfTurn = 0;
    }
    return FLUSHES_OF_A_TURN - flushesOfTurn;
  }

  private static void flush(Flushable connection) {
    try {
      connection.flushTurn();
    } catch (Throwable failure) { // an Error (a class that is missing) concerns this one too
      LOG.error("a flush failed; the other connections go on", failure);
    }
  }
}
