/**
 * What all answers share: problem documents, CORS, security headers, JSON with bounds. Immutable;
 * any thread. May import socketio-server's api and http packages and Jackson.
 */
@NullMarked
package io.realtime.notify.http.web;

import org.jspecify.annotations.NullMarked;
