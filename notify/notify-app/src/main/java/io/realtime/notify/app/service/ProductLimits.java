package io.realtime.notify.app.service;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import java.time.Duration;

/**
 * The bounds of this service where they are tighter than the library's, which are Node's. Clients
 * send small requests here; what is large goes the other way.
 */
final class ProductLimits {
  /** How long a connection may be without a namespace. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** What may wait for one client; personal events stay in the inbox when it is closed. */
  static final OutboundLimits OUTBOUND =
      new OutboundLimits(1024 * 1024, 1_000, Config.SLOW_CONSUMER);

  /** Bounds of one packet of a client. */
  static final DecodeLimits PACKET = new DecodeLimits(10, 32, 1_000, 256, 64 * 1024, 64, 64);

  private ProductLimits() {}

  /** The library's defaults within these bounds. */
  static ServerOptions.Builder options() {
    return ServerOptions.builder()
        .connectTimeout(CONNECT_TIMEOUT)
        .limits(PACKET)
        .outbound(OUTBOUND);
  }

  /** What may be set, the rest as it is; a head outlives its last entry by a week. */
  static InboxLimits inbox(Config.Inbox config) {
    InboxLimits limits = InboxLimits.defaults();
    InboxLimits.OfUser user = limits.ofUser();
    InboxLimits.OfStore store = limits.ofStore();
    InboxLimits.Lifetimes times = limits.lifetimes();
    return new InboxLimits(
        new InboxLimits.OfUser(
            config.events(),
            config.bytes(),
            config.events(),
            config.bytes(),
            user.pids(),
            user.missed()),
        new InboxLimits.OfStore(
            store.users(), config.storeBytes(), store.onceKeys(), store.idempotencyKeys()),
        new InboxLimits.Lifetimes(
            config.ttl(), config.ttl().plusDays(7), times.proven(), times.pid(), times.key()));
  }
}
