package io.realtime.socketio.server.namespace;

/**
 * Who is in one room on one loop: a socket alone, as in most rooms, which belong to one user with
 * one device; or several. So the way of an event to one user leads over no object in between.
 */
sealed interface Occupants permits NamespaceSocket, Members {}
