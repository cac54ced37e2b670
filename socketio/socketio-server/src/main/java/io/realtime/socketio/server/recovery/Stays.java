package io.realtime.socketio.server.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * In which rooms one session was for which events of the log: what tells the events that its client
 * was owed, also when it has left a room since. A stay begins behind an event and ends with one.
 * Stays that have ended are kept up to a bound; what they would tell is then not known before
 * {@link #knownSince}. Owned by the home loop of the session's socket, handed on with the session.
 */
public final class Stays {
  /** Stays that have ended and are kept; the oldest is forgotten for one more. */
  static final int MAX_ENDED = 32;

  private static final long OPEN = Long.MAX_VALUE;
  private static final String[] NO_ROOMS = {};
  private static final long[] NO_BOUNDS = {};

  private final String id;
  private String[] rooms = NO_ROOMS;

  /** For stay i the number of the event behind which it began, then that of its last one. */
  private long[] bounds = NO_BOUNDS;

  private int count;
  private int ended;
  private long knownSince;

  /**
   * @param id the room that it never leaves
   * @param begin the number of the event behind which the session began
   */
  public Stays(String id, long begin) {
    this.id = id;
    this.knownSince = begin;
  }

  /** Behind which event all is known. */
  public long knownSince() {
    return knownSince;
  }

  /** Does nothing when it is in {@code room}. */
  public void onJoin(String room, long behind) {
    if (openStay(room) >= 0) {
      return;
    }
    if (count == rooms.length) {
      int capacity = Math.max(2, count * 2);
      rooms = Arrays.copyOf(rooms, capacity);
      bounds = Arrays.copyOf(bounds, capacity * 2);
    }
    rooms[count] = room;
    bounds[2 * count] = behind;
    bounds[2 * count + 1] = OPEN;
    count++;
  }

  /** Does nothing when it is not in {@code room}. */
  public void onLeave(String room, long last) {
    int stay = openStay(room);
    if (stay < 0) {
      return;
    }
    bounds[2 * stay + 1] = last;
    ended++;
    if (ended > MAX_ENDED) {
      forgetFirstEnded();
    }
  }

  private int openStay(String room) {
    for (int i = 0; i < count; i++) {
      if (bounds[2 * i + 1] == OPEN && rooms[i].equals(room)) {
        return i;
      }
    }
    return -1;
  }

  /** The one that ended first, which need not be the one that began first. */
  private void forgetFirstEnded() {
    int first = 0;
    for (int i = 1; i < count; i++) {
      if (bounds[2 * i + 1] < bounds[2 * first + 1]) {
        first = i;
      }
    }
    knownSince = Math.max(knownSince, bounds[2 * first + 1]);
    int behind = count - first - 1;
    System.arraycopy(rooms, first + 1, rooms, first, behind);
    System.arraycopy(bounds, 2 * first + 2, bounds, 2 * first, 2 * behind);
    count--;
    ended--;
    rooms[count] = id; // holds no room that is not meant
  }

  /** The rooms that it is in, without its id. */
  public List<String> openRooms() {
    List<String> open = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (bounds[2 * i + 1] == OPEN) {
        open.add(rooms[i]);
      }
    }
    return open;
  }

  /**
   * Whether its client was owed event {@code number}.
   *
   * @param to whom it was sent; empty for everyone
   * @param except rooms whose members were left out
   */
  public boolean include(long number, List<String> to, List<String> except) {
    return (to.isEmpty() || wasInAny(to, number)) && !wasInAny(except, number);
  }

  private boolean wasInAny(List<String> any, long number) {
    for (String room : any) {
      if (room.equals(id) || wasIn(room, number)) {
        return true;
      }
    }
    return false;
  }

  private boolean wasIn(String room, long number) {
    for (int i = 0; i < count; i++) {
      if (bounds[2 * i] < number && number <= bounds[2 * i + 1] && rooms[i].equals(room)) {
        return true;
      }
    }
    return false;
  }
}
