package io.realtime.socketio.server.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an application takes part in Engine.IO's HTTP.
 *
 * @param middlewares in the order in which they run
 * @param initialHeaders for the first answer of a session, 101 included
 * @param headers for every answer of a session to a poll, a POST or an upgrade
 */
public record EngineHooks(
    Admission admission,
    List<EngineMiddleware> middlewares,
    HeaderHook initialHeaders,
    HeaderHook headers) {
  public EngineHooks {
    middlewares = List.copyOf(middlewares);
  }

  public static EngineHooks none() {
    return new EngineHooks(Admission.everyone(), List.of(), HeaderHook.NONE, HeaderHook.NONE);
  }

  public EngineHooks withAdmission(Admission newAdmission) {
    return new EngineHooks(newAdmission, middlewares, initialHeaders, headers);
  }

  /** One more, behind those that there are. */
  public EngineHooks withMiddleware(EngineMiddleware middleware) {
    List<EngineMiddleware> all = new ArrayList<>(middlewares);
    all.add(middleware);
    return new EngineHooks(admission, all, initialHeaders, headers);
  }

  public EngineHooks withInitialHeaders(HeaderHook hook) {
    return new EngineHooks(admission, middlewares, hook, headers);
  }

  public EngineHooks withHeaders(HeaderHook hook) {
    return new EngineHooks(admission, middlewares, initialHeaders, hook);
  }
}
