package io.realtime.notify.app.service;

import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.identity.Principal;
import io.realtime.notify.http.rest.RestAccess;
import io.realtime.socketio.server.http.HttpRequest;

/** REST callers are known by the same tokens as sockets. */
record TokenAccess(Authenticator authenticator) implements RestAccess {

  @Override
  public Decision identify(HttpRequest request) {
    Credentials credentials = Credentials.of(request);
    return switch (authenticator.identify(credentials)) {
      case Identification.Known(Principal principal) ->
          new Decision.Caller(principal.userId(), principal.admin(), principal.scopes());
      case Identification.Refused refused ->
          new Decision.Unauthorized(credentials.token().isPresent());
    };
  }
}
