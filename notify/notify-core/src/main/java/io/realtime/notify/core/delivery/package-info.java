/**
 * The delivery path of personal events. Each class says which thread owns its state. May import
 * java.base, the packages ingest and catalogue, and socketio-server's api.
 */
@NullMarked
package io.realtime.notify.core.delivery;

import org.jspecify.annotations.NullMarked;
