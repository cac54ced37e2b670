/**
 * Alerts for administrators: one per crossing of a threshold. Any thread. May import java.base, the
 * packages catalogue and delivery, and socketio-server's api.
 */
@NullMarked
package io.realtime.notify.core.alerts;

import org.jspecify.annotations.NullMarked;
