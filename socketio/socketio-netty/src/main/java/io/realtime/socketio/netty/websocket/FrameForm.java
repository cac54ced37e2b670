package io.realtime.socketio.netty.websocket;

import org.jspecify.annotations.Nullable;

/**
 * How frames are written and read on one WebSocket. Shared by all WebSockets of a loop that agreed
 * on the same.
 *
 * @param inflater absent when compression was not agreed on
 */
public record FrameForm(FrameCache frames, @Nullable MessageInflater inflater) {}
