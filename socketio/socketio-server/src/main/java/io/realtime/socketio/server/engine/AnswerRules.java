package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.HeaderHook;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.SessionCookie;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.web.BodyCompression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every answer of a session has besides its body. Immutable; any thread. */
final class AnswerRules {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerRules.class);

  /** Fields that stand beside those of the same name; any other replaces them. */
  private static final Set<String> ADDED = Set.of("vary", "set-cookie");

  private final Optional<SessionCookie> cookie;
  private final EngineHooks hooks;
  private final BodyCompression compression;

  AnswerRules(ServerOptions options, EngineHooks hooks) {
    this.cookie = options.cookie();
    this.hooks = hooks;
    this.compression = new BodyCompression(options.httpCompression());
  }

  /** A reply with the carried fields, which its own replace. */
  static HttpReply carry(HttpHeaders carried, HttpReply reply) {
    if (carried.asMap().isEmpty()) {
      return reply;
    }
    HttpHeaders all = carried;
    for (Map.Entry<String, List<String>> field : reply.headers().asMap().entrySet()) {
      boolean beside = ADDED.contains(field.getKey());
      for (String value : field.getValue()) {
        all = beside ? all.with(field.getKey(), value) : all.set(field.getKey(), value);
      }
    }
    return reply.withHeaders(all);
  }

  /**
   * The answer to a poll or a POST of a session.
   *
   * @param opened the session that it has opened, if it has
   */
  HttpReply answer(
      EngineExchange exchange, Optional<String> opened, HttpReply reply, boolean mayCompress) {
    HttpRequest request = exchange.request();
    HttpReply whole = reply.withHeader("cache-control", "no-store");
    if (isOldInternetExplorer(request)) {
      whole = whole.withHeader("x-xss-protection", "0");
    }
    if (opened.isPresent() && cookie.isPresent()) {
      whole = whole.withHeader("set-cookie", cookie.get().setCookie(opened.get()));
    }
    whole = carry(exchange.carried(), whole);
    whole = whole.withHeaders(hooked(whole.headers(), request, opened.isPresent()));
    return mayCompress ? compression.apply(request, whole) : whole;
  }

  /** The headers of a 101. */
  HttpHeaders upgrade(HttpHeaders carried, HttpRequest request, boolean opens) {
    return hooked(carried, request, opens);
  }

  private HttpHeaders hooked(HttpHeaders headers, HttpRequest request, boolean first) {
    HttpHeaders begun = first ? guarded(hooks.initialHeaders(), headers, request) : headers;
    return guarded(hooks.headers(), begun, request);
  }

  private static HttpHeaders guarded(HeaderHook hook, HttpHeaders headers, HttpRequest request) {
    try {
      return hook.apply(headers, request);
    } catch (RuntimeException failure) {
      LOG.error("a hook for headers failed; they stay as they were", failure);
      return headers;
    }
  }

  /** It warns of scripts in answers that hold none, unless told not to. */
  private static boolean isOldInternetExplorer(HttpRequest request) {
    String agent = request.headers().first("user-agent").orElse("");
    return agent.contains(";MSIE") || agent.contains("Trident/");
  }
}
