/**
 * An adapter for clusters whose nodes hear each other by messages: {@link
 * io.realtime.socketio.server.cluster.ClusterAdapter} keeps the requests and their answers, {@link
 * io.realtime.socketio.server.cluster.ClusterBus} is the means. Any thread; the requests that are
 * open are the only state. May import the adapter and api packages.
 */
@NullMarked
package io.realtime.socketio.server.cluster;

import org.jspecify.annotations.NullMarked;
