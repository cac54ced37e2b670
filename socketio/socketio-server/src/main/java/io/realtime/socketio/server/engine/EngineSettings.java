package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.stats.Tally;
import java.time.InstantSource;

/** What all sessions of a server share. Any thread. */
record EngineSettings(
    ServerOptions options, Tally tally, SessionTable sessions, InstantSource wallClock) {}
