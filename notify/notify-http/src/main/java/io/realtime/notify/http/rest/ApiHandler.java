package io.realtime.notify.http.rest;

import io.realtime.socketio.server.http.HttpReply;

/** One operation: a function of a validated call. On a virtual thread; may block. */
@FunctionalInterface
public interface ApiHandler {

  HttpReply handle(ApiCall call) throws InterruptedException;
}
