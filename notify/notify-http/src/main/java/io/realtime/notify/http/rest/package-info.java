/**
 * The operations of the REST API as small functions of a validated call, and the ports they need
 * from the application. Operations run on virtual threads and may block; health is answered on a
 * loop and does not. May import the contract and web packages, notify-core and socketio-server's
 * http package.
 */
@NullMarked
package io.realtime.notify.http.rest;

import org.jspecify.annotations.NullMarked;
