package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.http.contract.ApiContract;
import io.realtime.notify.http.contract.Operation;
import io.realtime.notify.http.stream.EventStreams;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DocumentTest {
  private final ApiContract contract = Api.contract();

  /** Every media type object that has a schema, by its pointer. */
  private Map<String, JsonNode> mediaTypes() {
    Map<String, JsonNode> found = new java.util.LinkedHashMap<>();
    collect("", contract.document(), found);
    return found;
  }

  private static void collect(String pointer, JsonNode node, Map<String, JsonNode> found) {
    if (pointer.matches(".*/content/[^/]+") && node.has("schema")) {
      found.put(pointer, node);
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String name = member.getKey().replace("~", "~0").replace("/", "~1");
        collect(pointer + "/" + name, member.getValue(), found);
      }
    }
  }

  @Test
  void everyExample_matchesItsSchema() {
    int checked = 0;
    for (Map.Entry<String, JsonNode> mediaType : mediaTypes().entrySet()) {
      List<JsonNode> examples = new ArrayList<>();
      if (mediaType.getValue().has("example")) {
        examples.add(mediaType.getValue().path("example"));
      }
      mediaType.getValue().path("examples").forEach(e -> examples.add(e.path("value")));
      for (JsonNode example : examples) {
        assertThat(contract.schema(mediaType.getKey() + "/schema").violations(example, "example"))
            .as(mediaType.getKey())
            .isEmpty();
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(15);
  }

  @Test
  void everyBroadcastExample_isAccepted() {
    try (Api api = new Api()) {
      for (Map<String, Operation> methods : contract.operations().values()) {
        Operation post = methods.get("POST");
        if (post != null) {
          JsonNode example =
              contract
                  .document()
                  .path("paths")
                  .path(post.path())
                  .path("post")
                  .path("requestBody")
                  .path("content")
                  .path("application/json")
                  .path("example");
          assertThat(api.post(post.path(), example.toString()).status()).isEqualTo(200);
        }
      }
      assertThat(api.published).hasSize(4);
    }
  }

  @Test
  void everyPathOfTheContract_isInTheDocument() {
    assertThat(contract.operations().keySet())
        .contains(
            "/health",
            "/health/live",
            "/health/ready",
            "/realtime/stats",
            "/realtime/events",
            "/realtime/broadcast/order",
            "/realtime/broadcast/inventory",
            "/realtime/broadcast/admin",
            "/realtime/test/notification",
            "/api/docs",
            "/api/docs/openapi.json",
            "/api/docs/openapi.yaml");
  }

  @Test
  void everySecuredOperation_namesItsScopeAndRefusals() {
    for (Map<String, Operation> methods : contract.operations().values()) {
      for (Operation operation : methods.values()) {
        if (operation.path().equals(EventStreams.PATH)) {
          // Everybody who is known may have his own events, and temporary refusals are streams.
          assertThat(operation.secured()).isTrue();
        } else if (operation.secured()) {
          assertThat(operation.scope()).as(operation.id()).isPresent();
          JsonNode responses =
              contract
                  .document()
                  .path("paths")
                  .path(operation.path())
                  .path(operation.method().toLowerCase(java.util.Locale.ROOT))
                  .path("responses");
          assertThat(responses.has("401") && responses.has("403") && responses.has("503"))
              .as(operation.id())
              .isTrue();
        }
      }
    }
  }

  @Test
  void servedDocuments_areTheOneThatRoutes() {
    try (Api api = new Api()) {
      assertThat(Api.json(api.get("/api/docs/openapi.json"))).isEqualTo(contract.document());
      HttpReply yaml = api.get("/api/docs/openapi.yaml");
      assertThat(yaml.headers().first("content-type")).hasValue("application/yaml");
      assertThat(new String(yaml.body(), StandardCharsets.UTF_8)).startsWith("openapi: 3.1.0");
    }
  }
}
