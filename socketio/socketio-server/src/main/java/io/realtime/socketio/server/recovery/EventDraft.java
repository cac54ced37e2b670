package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.engine.WirePacket;
import java.util.List;

/**
 * An event on its way into the log, encoded but for its position. Nobody else may hold the packet
 * yet.
 *
 * @param rooms whom it is sent to; empty for everyone
 * @param except rooms whose members are left out
 * @param packet with a placeholder for the position
 * @param text of the packet's parts the one with the placeholder
 * @param at where that begins
 */
public record EventDraft(
    List<String> rooms, List<String> except, WirePacket packet, byte[] text, int at) {}
