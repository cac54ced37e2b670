package io.realtime.notify.http.rest;

import io.realtime.notify.http.contract.Operation;
import io.realtime.notify.http.contract.Operation.HeaderParameter;
import io.realtime.notify.http.contract.Operation.QueryParameter;
import io.realtime.notify.http.rest.RestAccess.Decision;
import io.realtime.notify.http.web.JsonMediaType;
import io.realtime.notify.http.web.Problem;
import io.realtime.notify.http.web.Problem.FieldError;
import io.realtime.notify.http.web.StrictJson;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns a request into a call that the document allows, or into the answer that says why not: first
 * who calls, then what was sent.
 */
public final class Gate {
  /** The longest body, in bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  /**
   * The longest body that is read at all: up to here a caller is told in a problem document, past
   * it the listener answers 413 without a body and hangs up.
   */
  public static final int MAX_READ_BYTES = 2 * MAX_BODY_BYTES;

  private static final String REALM = "Bearer realm=\"realtime-service\"";
  private static final String SCHEMA_DETAIL = "The request does not match its schema";
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private final RestAccess access;

  public Gate(RestAccess access) {
    this.access = access;
  }

  /** What becomes of a request. */
  public sealed interface Admission {
    record Allowed(ApiCall call) implements Admission {}

    record Refused(HttpReply reply) implements Admission {}
  }

  public Admission admit(HttpRequest request, Operation operation) {
    return switch (access.identify(request)) {
      case Decision.Unauthorized(boolean presented) ->
          new Admission.Refused(unauthorized(presented));
      case Decision.Unavailable(var retryAfter) ->
          new Admission.Refused(
              Problem.of(503, "unavailable", "Tokens cannot be checked at the moment")
                  .reply(retryAfter));
      case Decision.Caller caller -> admit(request, operation, caller);
    };
  }

  private static Admission admit(HttpRequest request, Operation operation, Decision.Caller caller) {
    Optional<String> scope = operation.scope();
    if (scope.isPresent() && !caller.may(scope.get())) {
      return new Admission.Refused(forbidden(scope.get()));
    }
    try {
      Map<String, JsonNode> query = query(request, operation);
      Map<String, String> headers = headers(request, operation);
      Optional<JsonNode> body =
          operation.body().isPresent() ? Optional.of(body(request, operation)) : Optional.empty();
      return new Admission.Allowed(new ApiCall(request, operation, caller, body, query, headers));
    } catch (RefusedException e) {
      return new Admission.Refused(e.problem.reply());
    }
  }

  private static Map<String, JsonNode> query(HttpRequest request, Operation operation)
      throws RefusedException {
    List<FieldError> errors = new ArrayList<>();
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (String name : request.query().keySet()) {
      if (operation.query().stream().noneMatch(known -> known.name().equals(name))) {
        errors.add(new FieldError(name, "is not a known query parameter"));
      }
    }
    for (QueryParameter parameter : operation.query()) {
      List<String> given = request.query().getOrDefault(parameter.name(), List.of());
      if (given.size() > 1) {
        errors.add(new FieldError(parameter.name(), "appears more than once"));
      } else if (given.size() == 1) {
        JsonNode value = value(parameter, given.getFirst());
        errors.addAll(parameter.schema().violations(value, parameter.name()));
        values.put(parameter.name(), value);
      }
    }
    if (!errors.isEmpty()) {
      throw new RefusedException(Problem.invalid(SCHEMA_DETAIL, errors));
    }
    return values;
  }

  private static Map<String, String> headers(HttpRequest request, Operation operation)
      throws RefusedException {
    List<FieldError> errors = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (HeaderParameter parameter : operation.headers()) {
      List<String> given = request.headers().all(parameter.name());
      if (given.size() > 1) {
        errors.add(new FieldError(parameter.name(), "appears more than once"));
      } else if (given.size() == 1) {
        JsonNode value = JsonNodeFactory.instance.stringNode(given.getFirst());
        errors.addAll(parameter.schema().violations(value, parameter.name()));
        values.put(parameter.name(), given.getFirst());
      }
    }
    if (!errors.isEmpty()) {
      throw new RefusedException(Problem.invalid(SCHEMA_DETAIL, errors));
    }
    return values;
  }

  private static JsonNode value(QueryParameter parameter, String text) {
    return parameter.integer() && INTEGER.matcher(text).matches()
        ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
        : JsonNodeFactory.instance.stringNode(text);
  }

  private static JsonNode body(HttpRequest request, Operation operation) throws RefusedException {
    byte[] bytes = request.body();
    if (bytes.length > MAX_BODY_BYTES) {
      throw new RefusedException(tooLarge());
    }
    if (bytes.length == 0) {
      throw new RefusedException(
          Problem.invalid("The request needs a JSON body", "body", "is required"));
    }
    if (!JsonMediaType.isDeclared(request.headers())) {
      throw new RefusedException(
          Problem.of(
              415,
              "unsupported-media-type",
              "Content-Type must be application/json, in UTF-8 and without Content-Encoding"));
    }
    JsonNode body;
    try {
      body = StrictJson.read(bytes);
    } catch (StrictJson.NotJsonException e) {
      throw new RefusedException(
          Problem.invalid("The body is not valid JSON", e.field(), e.reason()));
    }
    List<FieldError> errors = operation.body().orElseThrow().violations(body, "body");
    if (!errors.isEmpty()) {
      throw new RefusedException(Problem.invalid(SCHEMA_DETAIL, errors));
    }
    return body;
  }

  private static Problem tooLarge() {
    return Problem.of(413, "too-large", "The body may have at most " + MAX_BODY_BYTES + " bytes");
  }

  private static HttpReply unauthorized(boolean presented) {
    return Problem.of(401, "unauthorized", "A valid bearer token is required")
        .reply()
        .withHeader("www-authenticate", presented ? REALM + ", error=\"invalid_token\"" : REALM);
  }

  private static HttpReply forbidden(String scope) {
    return Problem.of(403, "forbidden", "The admin role or the scope " + scope + " is required")
        .reply()
        .withHeader(
            "www-authenticate", REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
  }

  /** Ends the checks of one request; never leaves this class. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    RefusedException(Problem problem) {
      super(problem.kind(), null, false, false);
      this.problem = problem;
    }
  }
}
