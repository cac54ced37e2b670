/**
 * The way out: from the inbox to the connections of a user, and proof of receipt back. An {@link
 * io.realtime.notify.core.delivery.Outlet} and what it holds belong to the home loop of its
 * connection; {@link io.realtime.notify.core.delivery.Delivery} and {@link
 * io.realtime.notify.core.delivery.Outlets} may be called from any thread. May import java.base,
 * socketio-server's api, SLF4J, and the packages catalogue, ingest, inbox and metrics.
 */
@NullMarked
package io.realtime.notify.core.delivery;

import org.jspecify.annotations.NullMarked;
