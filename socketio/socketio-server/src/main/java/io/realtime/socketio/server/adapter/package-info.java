/**
 * The adapter port: what a namespace asks of the other nodes of a cluster, and what the cluster may
 * do with this node's sockets. {@link io.realtime.socketio.server.adapter.Adapter} is implemented
 * by a cluster's means, {@link io.realtime.socketio.server.adapter.LocalSockets} by the namespace
 * package. Owns no state; any thread. May import the api package.
 */
@NullMarked
package io.realtime.socketio.server.adapter;

import org.jspecify.annotations.NullMarked;
