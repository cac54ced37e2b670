/**
 * What connection state recovery in memory remembers of one namespace: the log of its events, in
 * which rooms a socket was when, and the sessions that wait for their client. The log and the
 * sessions have a lock each, held for no longer than a copy takes and never while anything else is
 * called; the stays of a socket belong to its home loop. May import the api, engine and stats
 * packages.
 */
@NullMarked
package io.realtime.socketio.server.recovery;

import org.jspecify.annotations.NullMarked;
