package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.sqlite.User.Pid;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Decides what a client gets that connects, within one transaction. */
record Doorkeeper(WriteSession session, User user, Arrival arrival) {

  static Welcome welcome(WriteSession session, Arrival arrival) throws SQLException {
    User user = session.users.require(arrival.userId(), session.nowMillis());
    return new Doorkeeper(session, user, arrival).welcome();
  }

  private Welcome welcome() throws SQLException {
    Optional<Position> position = arrival.returnedPosition();
    boolean chained = position.isPresent() && chains(position.get());
    long complete = chained ? position.orElseThrow().seq() : Long.MAX_VALUE;
    Optional<SessionNote> note = chained ? recoverable(complete) : Optional.empty();
    String pid = note.isPresent() ? arrival.returnedPid().orElseThrow() : arrival.freshPid();
    if (note.isEmpty() && arrival.returnedPid().isPresent()) {
      session.pids.remove(user, arrival.returnedPid().get());
    }
    session.pids.open(user, pid, note.orElse(SessionNote.empty()));
    if (chained) {
      Prover.prove(session, user, session.entries.unprovenUpTo(user, complete), pid);
    }
    return note.isPresent() ? recovered(pid, note.get(), complete) : fresh(pid, chained, complete);
  }

  private boolean chains(Position position) throws SQLException {
    return position.seq() == user.head().seq()
        ? position.chain() == user.head().chain()
        : position.seq() < user.head().seq() && session.entries.confirm(user, position);
  }

  /** The note of the session that can go on. */
  private Optional<SessionNote> recoverable(long complete) throws SQLException {
    long missing = user.head().seq() - complete;
    if (!arrival.mayRecover()
        || arrival.returnedPid().isEmpty()
        || missing > session.limits.ofUser().missed()) {
      return Optional.empty();
    }
    Optional<Pid> pid = session.pids.valid(user, arrival.returnedPid().get(), session.nowMillis());
    return pid.filter(Pid::recoverable).isPresent()
            && session.entries.countBehind(user, complete) == missing
        ? pid.map(Pids::note)
        : Optional.empty();
  }

  private Welcome recovered(String pid, SessionNote note, long complete) throws SQLException {
    List<Entry> missed = session.entries.behind(user, complete);
    return new Welcome.Recovered(
        pid, note, missed, user.head(), session.gaps.upTo(user, Long.MAX_VALUE));
  }

  private Welcome fresh(String pid, boolean chained, long complete) throws SQLException {
    Position start = session.entries.beforeFirst(user, complete).orElse(user.head());
    Backlog backlog = new Backlog(user.head().seq(), session.entries.proofs(), complete);
    return new Welcome.Fresh(
        pid, start, backlog, chained, user.head(), session.gaps.upTo(user, start.seq()));
  }
}
