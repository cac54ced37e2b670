package io.realtime.socketio.netty.http;

import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.netty.loop.PerLoop;
import io.realtime.socketio.netty.websocket.LoopFrames;
import io.realtime.socketio.server.http.HttpDispatch;
import java.time.Duration;

/**
 * What all connections of one listener share.
 *
 * @param closeDeadline how long a WebSocket's closing handshake may take
 * @param secure whether connections come over TLS
 */
public record HttpSettings(
    HttpDispatch dispatch,
    HttpLimits limits,
    NettyLoops loops,
    PerLoop<DeadlineSweep> sweeps,
    PerLoop<LoopFrames> frames,
    Duration closeDeadline,
    boolean secure) {}
