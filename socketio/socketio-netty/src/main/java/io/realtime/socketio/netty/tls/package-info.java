/**
 * TLS on a listener: what it is set up from, the bound on a ClientHello, and the orderly end of
 * what is sent. Settings are immutable; handlers belong to the event loop of their connection. May
 * import Netty.
 */
@NullMarked
package io.realtime.socketio.netty.tls;

import org.jspecify.annotations.NullMarked;
