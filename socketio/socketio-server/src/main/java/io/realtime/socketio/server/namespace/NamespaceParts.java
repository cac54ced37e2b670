package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.List;

/**
 * What all namespaces of a server are made of. Immutable.
 *
 * @param homes the loop at position i has index i
 * @param ids of sockets
 */
public record NamespaceParts(
    ServerOptions options,
    List<HomeLoop> homes,
    Ids ids,
    Tally tally,
    PayloadMapper payloads,
    AdapterFactory adapters) {

  public NamespaceParts {
    homes = List.copyOf(homes);
  }
}
