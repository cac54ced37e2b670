package io.realtime.notify.app.service;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.presence.Presence;
import io.realtime.notify.http.rest.Audiences;
import io.realtime.socketio.server.api.Namespace;

/**
 * Who would hear an event now, by the rooms of this node. A connection that subscribed to a product
 * and to all of them is counted twice.
 */
record NodeAudiences(Presence presence, Namespace namespace) implements Audiences {

  @Override
  public int user(String userId) {
    return presence.connectionsOf(userId);
  }

  @Override
  public int product(String productId) {
    return namespace.localRoomSize(Rooms.INVENTORY)
        + namespace.localRoomSize(Rooms.product(productId));
  }

  @Override
  public int admins() {
    return namespace.localRoomSize(Rooms.ADMIN);
  }
}
