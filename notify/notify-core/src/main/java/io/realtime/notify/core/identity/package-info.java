/**
 * Who is calling: tokens and query parameters in, a {@link
 * io.realtime.notify.core.identity.Principal} or a refusal out. Immutable and pure but for the
 * clock; any thread. May import java.base, Nimbus and the values of socketio-server's api and http
 * packages.
 */
@NullMarked
package io.realtime.notify.core.identity;

import org.jspecify.annotations.NullMarked;
