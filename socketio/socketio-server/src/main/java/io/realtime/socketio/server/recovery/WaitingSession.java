package io.realtime.socketio.server.recovery;

import java.util.concurrent.ConcurrentMap;

/**
 * A session without a client, until that comes back.
 *
 * @param id the public id of its socket
 * @param pid the secret by which the client names it
 * @param identity whose it is, as the application says
 * @param stays its rooms
 * @param data the application's, shared with whoever holds the socket still
 * @param endedNanos when its connection ended
 */
public record WaitingSession(
    String id,
    String pid,
    String identity,
    Stays stays,
    ConcurrentMap<String, Object> data,
    long endedNanos) {}
