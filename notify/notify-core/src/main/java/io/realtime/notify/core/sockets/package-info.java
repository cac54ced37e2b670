/**
 * What clients may say: identity at CONNECT, rooms, subscriptions and their answers. State of a
 * connection is touched on its home loop only. May import java.base, Micrometer, the packages
 * catalogue, delivery, identity, inbox and presence, and socketio-server's api.
 */
@NullMarked
package io.realtime.notify.core.sockets;

import org.jspecify.annotations.NullMarked;
