package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.api.RecoveryBound;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sessions of one namespace whose clients are away, by pid, bounded in number and time: the one
 * that has waited longest goes first. Who claims a session has it for himself, and gives it back
 * when nothing comes of it. Any thread.
 */
public final class WaitingSessions {
  private final int max;
  private final long maxAgeNanos;
  private final Consumer<RecoveryBound> onForgotten;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they ended, but for those that were given back. */
  private final Map<String, WaitingSession> byPid = new LinkedHashMap<>();

  /**
   * @param onForgotten hears of each session that is forgotten, within the lock
   */
  public WaitingSessions(int max, long maxAgeNanos, Consumer<RecoveryBound> onForgotten) {
    this.max = max;
    this.maxAgeNanos = maxAgeNanos;
    this.onForgotten = onForgotten;
  }

  /** A session waits from now on, or again. */
  public void add(WaitingSession session, long nowNanos) {
    lock.lock();
    try {
      byPid.put(session.pid(), session);
      forgetOld(nowNanos);
      Iterator<WaitingSession> longest = byPid.values().iterator();
      while (byPid.size() > max) {
        longest.next();
        longest.remove();
        onForgotten.accept(RecoveryBound.SESSIONS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the session of that pid if it waits and is {@code identity}'s. */
  public Optional<WaitingSession> claim(String pid, String identity, long nowNanos) {
    lock.lock();
    try {
      WaitingSession session = byPid.get(pid);
      if (session == null || !session.identity().equals(identity)) {
        return Optional.empty();
      }
      byPid.remove(pid);
      if (isOld(session, nowNanos)) {
        onForgotten.accept(RecoveryBound.SESSION_AGE);
        return Optional.empty();
      }
      return Optional.of(session);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old by now. */
  public void sweep(long nowNanos) {
    lock.lock();
    try {
      forgetOld(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld(long nowNanos) {
    Iterator<WaitingSession> all = byPid.values().iterator();
    boolean old = true;
    while (old && all.hasNext()) {
      old = isOld(all.next(), nowNanos);
      if (old) {
        all.remove();
        onForgotten.accept(RecoveryBound.SESSION_AGE);
      }
    }
  }

  private boolean isOld(WaitingSession session, long nowNanos) {
    return nowNanos - session.endedNanos() > maxAgeNanos;
  }

  public int size() {
    lock.lock();
    try {
      return byPid.size();
    } finally {
      lock.unlock();
    }
  }
}
