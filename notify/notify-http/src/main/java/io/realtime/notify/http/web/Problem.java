package io.realtime.notify.http.web;

import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A problem document (RFC 9457).
 *
 * @param kind the last part of {@code type}; stable
 * @param detail a sentence for the caller; holds nothing that the caller must not see
 * @param instance names this occurrence, as the log does
 * @param errors the fields at fault, at most {@link #MAX_ERRORS}
 */
public record Problem(
    int status, String kind, String detail, Optional<String> instance, List<FieldError> errors) {

  /** Field errors in one document. */
  public static final int MAX_ERRORS = 20;

  private static final String TYPE_PREFIX = "urn:realtime:problem:";
  private static final String INSTANCE_PREFIX = "urn:realtime:request:";
  private static final int MAX_FIELD_LENGTH = 200;

  public Problem {
    errors = errors.stream().limit(MAX_ERRORS).toList();
  }

  /** One field that is wrong; {@code body} stands for the body as a whole. */
  public record FieldError(String field, String message) {
    public FieldError {
      field = field.length() <= MAX_FIELD_LENGTH ? field : field.substring(0, MAX_FIELD_LENGTH);
    }
  }

  public static Problem of(int status, String kind, String detail) {
    return new Problem(status, kind, detail, Optional.empty(), List.of());
  }

  /** 400 with the fields at fault. */
  public static Problem invalid(String detail, List<FieldError> errors) {
    return new Problem(400, "invalid-request", detail, Optional.empty(), errors);
  }

  /** 400 about one field. */
  public static Problem invalid(String detail, String field, String message) {
    return invalid(detail, List.of(new FieldError(field, message)));
  }

  public Problem withInstance(String id) {
    return new Problem(status, kind, detail, Optional.of(INSTANCE_PREFIX + id), errors);
  }

  public HttpReply reply() {
    return HttpReply.of(
        status, "application/problem+json", document().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** With {@code Retry-After}, in whole seconds, at least 1. */
  public HttpReply reply(Duration retryAfter) {
    return reply().withHeader("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  private ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", TYPE_PREFIX + kind);
    document.put("title", title(status));
    document.put("status", status);
    document.put("detail", detail);
    instance.ifPresent(id -> document.put("instance", id));
    if (!errors.isEmpty()) {
      ArrayNode list = document.putArray("errors");
      for (FieldError error : errors) {
        list.addObject().put("field", error.field()).put("message", error.message());
      }
    }
    return document;
  }

  /** The status phrases of RFC 9110 for the statuses that are used here. */
  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
