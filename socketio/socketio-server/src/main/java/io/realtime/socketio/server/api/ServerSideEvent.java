package io.realtime.socketio.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another node of the cluster has told this one's namespace.
 *
 * @param arguments without the name
 * @param ack answers that node, with one argument; does nothing when it asked for no answer, and
 *     nothing the second time
 */
public record ServerSideEvent(
    String name, List<@Nullable Object> arguments, ClientEvent.AckReply ack) {}
