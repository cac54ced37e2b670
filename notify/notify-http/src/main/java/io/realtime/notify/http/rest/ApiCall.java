package io.realtime.notify.http.rest;

import io.realtime.notify.http.contract.Operation;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call that the document allows: caller, body and query have been checked.
 *
 * @param body present when the operation takes one
 * @param query the parameters that were given, by name
 * @param headers the header parameters that were given, by the name that the document writes
 */
public record ApiCall(
    HttpRequest request,
    Operation operation,
    RestAccess.Decision.Caller caller,
    Optional<JsonNode> body,
    Map<String, JsonNode> query,
    Map<String, String> headers) {}
