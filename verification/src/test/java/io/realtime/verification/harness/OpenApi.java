package io.realtime.verification.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The document that the service itself serves, to hold its answers against. */
final class OpenApi {
  private static final String BASE = "urn:verification:openapi";

  private final JsonNode document;
  private final SchemaRegistry schemas;

  OpenApi(String json) {
    document = Json.read(json);
    schemas =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(BASE, json)));
  }

  /** Asserts that the document describes this answer, and that its body is as described. */
  void check(String method, String path, int status, String contentType, String body) {
    String operation = "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT);
    String what = method + " " + path + " -> " + status;
    String pointer = operation + "/responses/" + status;
    if (document.at(pointer).isMissingNode()) {
      pointer = operation + "/responses/default";
    }
    JsonNode response = document.at(pointer);
    assertThat(response.isMissingNode()).as(what + " is in the OpenAPI document").isFalse();
    if (response.has("$ref")) {
      pointer = response.path("$ref").asString().substring(1);
    }
    String mediaType = contentType.replaceFirst(";.*", "").strip();
    String schema = pointer + "/content/" + escaped(mediaType) + "/schema";
    assertThat(document.at(schema).isMissingNode())
        .as(what + " with " + mediaType + " is in the OpenAPI document")
        .isFalse();
    assertThat(schemas.getSchema(SchemaLocation.of(BASE + "#" + schema)).validate(Json.read(body)))
        .as(what + ": " + body)
        .isEmpty();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
