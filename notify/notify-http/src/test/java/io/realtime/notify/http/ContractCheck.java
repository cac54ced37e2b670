package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.http.contract.ApiContract;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds an answer against the OpenAPI document: its status, headers, media type and body. */
final class ContractCheck {
  private static final String PROBLEM = "/components/schemas/Problem";
  private final ApiContract contract;

  ContractCheck(ApiContract contract) {
    this.contract = contract;
  }

  void check(HttpRequest request, HttpReply reply) {
    assertThat(reply.headers().all("x-content-type-options")).containsExactly("nosniff");
    assertThat(reply.headers().all("content-security-policy")).hasSize(1);
    assertThat(reply.headers().all("cache-control")).hasSize(1);
    String method = request.method().equals("HEAD") ? "get" : request.method();
    String pointer = "/paths/" + escaped(request.path()) + "/" + method.toLowerCase(Locale.ROOT);
    if (contract.document().at(pointer).isMissingNode()) {
      if (reply.status() >= 400) {
        checkBody(PROBLEM, "application/problem+json", reply);
      }
      return;
    }
    if (reply.status() == 304) {
      return;
    }
    checkResponse(pointer + "/responses/" + reply.status(), reply);
  }

  private void checkResponse(String listed, HttpReply reply) {
    JsonNode response = contract.document().at(listed);
    assertThat(response.isMissingNode()).as(listed + " is listed").isFalse();
    String pointer = response.has("$ref") ? response.path("$ref").asString().substring(1) : listed;
    JsonNode resolved = contract.document().at(pointer);
    resolved
        .path("headers")
        .properties()
        .forEach(
            header ->
                assertThat(reply.headers().all(header.getKey())).as(header.getKey()).hasSize(1));
    String mediaType = mediaType(reply);
    assertThat(resolved.path("content").has(mediaType)).as(listed + " " + mediaType).isTrue();
    checkBody(pointer + "/content/" + escaped(mediaType) + "/schema", mediaType, reply);
  }

  private void checkBody(String schema, String mediaType, HttpReply reply) {
    assertThat(mediaType(reply)).isEqualTo(mediaType);
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    JsonNode body =
        mediaType.endsWith("json")
            ? JsonMapper.shared().readTree(text)
            : JsonNodeFactory.instance.stringNode(text);
    assertThat(contract.schema(schema).violations(body, "body")).as(text).isEmpty();
    if (mediaType.equals("application/problem+json")) {
      assertThat(body.path("status").asInt()).isEqualTo(reply.status());
    }
  }

  private static String mediaType(HttpReply reply) {
    return reply.headers().first("content-type").orElse("").replaceFirst(";.*", "");
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
