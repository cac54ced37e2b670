package io.realtime.notify.core.inbox;

import io.realtime.notify.core.inbox.Inbox.Entry;
import java.util.List;

/** What a connection gets, decided and written in one transaction. */
public sealed interface Welcome {
  /** Under which it can come back. */
  String pid();

  /** Where the inbox ended. */
  Position head();

  /** To be told before anything of the backlog; the others come with the pages. */
  List<Gap> gaps();

  /**
   * The old session goes on: with {@code missed} nothing is missing.
   *
   * @param missed every entry behind the returned position, to be sent before CONNECT; the
   *     connection's cursor is the head then
   */
  record Recovered(String pid, SessionNote note, List<Entry> missed, Position head, List<Gap> gaps)
      implements Welcome {
    public Recovered {
      missed = List.copyOf(missed);
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * A new session.
   *
   * @param start just before the first entry that is owed, the head when none is: where its cursor
   *     begins, and the position to tell the client
   * @param backlog what it is owed up to the head, for {@link Inbox#page}
   * @param chained whether the returned position was believed; what it says was proven then
   */
  record Fresh(
      String pid, Position start, Backlog backlog, boolean chained, Position head, List<Gap> gaps)
      implements Welcome {
    public Fresh {
      gaps = List.copyOf(gaps);
    }
  }
}
