/**
 * Namespaces, their sockets, rooms and broadcasts, on top of connections. A socket, its listeners'
 * calls and its membership of rooms belong to the home loop of its connection; each loop keeps the
 * rooms of its own sockets only, and counters per room and loop tell everyone else which loops a
 * broadcast must reach. May import socketio-protocol, SLF4J and the api, engine, loop, stats and
 * http packages.
 */
@NullMarked
package io.realtime.socketio.server.namespace;

import org.jspecify.annotations.NullMarked;
