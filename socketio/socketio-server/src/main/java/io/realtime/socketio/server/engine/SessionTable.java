package io.realtime.socketio.server.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sessions by their secret id. Any thread. As large as there are sessions, whose number admission
 * and the connect timeout bound.
 */
final class SessionTable {
  private final ConcurrentMap<String, EngineSession> bySid = new ConcurrentHashMap<>();

  void add(EngineSession session) {
    bySid.put(session.sid(), session);
  }

  /** Removes the entry only if it is still this session's. */
  void remove(EngineSession session) {
    bySid.remove(session.sid(), session);
  }

  Optional<EngineSession> find(String sid) {
    return Optional.ofNullable(bySid.get(sid));
  }

  List<EngineSession> snapshot() {
    return List.copyOf(bySid.values());
  }
}
