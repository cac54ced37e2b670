package io.realtime.notify.http.contract;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.realtime.notify.http.contract.Operation.Audience;
import io.realtime.notify.http.contract.Operation.HeaderParameter;
import io.realtime.notify.http.contract.Operation.IngressRule;
import io.realtime.notify.http.contract.Operation.QueryParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI 3.1 document of this API, read once. A fault in the document is an {@link
 * IllegalStateException} at the start.
 */
public final class ApiContract {
  private static final String RESOURCE = "/openapi/realtime.yaml";
  private static final String BASE = "urn:realtime:openapi";
  private static final String JSON = "application/json";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final byte[] yaml;
  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Map<String, Map<String, Operation>> operations;

  private ApiContract(byte[] yaml) {
    this.yaml = yaml;
    this.document = YAMLMapper.builder().build().readTree(yaml);
    String text = document.toString();
    this.schemas =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(BASE, text)));
    this.operations = readOperations();
  }

  /** The document in this module's jar; read when first asked for. */
  public static ApiContract standard() {
    return Standard.CONTRACT;
  }

  private static final class Standard {
    static final ApiContract CONTRACT = new ApiContract(read());

    private static byte[] read() {
      try (InputStream in = ApiContract.class.getResourceAsStream(RESOURCE)) {
        return Objects.requireNonNull(in, RESOURCE).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(RESOURCE, e);
      }
    }
  }

  /** Paths to methods (upper case) to operations, in the document's order. */
  public Map<String, Map<String, Operation>> operations() {
    return operations;
  }

  public byte[] yaml() {
    return yaml.clone();
  }

  public byte[] json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }

  /** The document as a tree, which is never written to. */
  public JsonNode document() {
    return document;
  }

  /** The schema at a JSON pointer (RFC 6901) into the document. */
  public ContractSchema schema(String pointer) {
    return new ContractSchema(
        schemas.getSchema(SchemaLocation.of(BASE + "#" + pointer)), integerMembers(pointer));
  }

  private Set<String> integerMembers(String pointer) {
    Set<String> found = new HashSet<>();
    for (Map.Entry<String, JsonNode> member :
        resolved(document.at(pointer)).path("properties").properties()) {
      JsonNode type = resolved(member.getValue()).path("type");
      List<String> types =
          type.isArray()
              ? type.values().stream().map(JsonNode::asString).toList()
              : List.of(type.asString(""));
      if (types.contains("integer") && !types.contains("number")) {
        found.add(member.getKey());
      }
    }
    return found;
  }

  private JsonNode resolved(JsonNode schema) {
    return schema
        .path("$ref")
        .stringValueOpt()
        .map(target -> document.at(target.substring(1)))
        .orElse(schema);
  }

  private Map<String, Map<String, Operation>> readOperations() {
    Map<String, Map<String, Operation>> paths = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Map<String, Operation> byMethod = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          Operation operation = operation(path.getKey(), method.getKey(), method.getValue());
          byMethod.put(operation.method(), operation);
        }
      }
      paths.put(path.getKey(), Map.copyOf(byMethod));
    }
    return paths;
  }

  private Operation operation(String path, String method, JsonNode node) {
    String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method;
    JsonNode security = node.has("security") ? node.path("security") : document.path("security");
    JsonNode scopes = security.path(0).path("bearerAuth");
    return new Operation(
        required(node, "operationId"),
        method.toUpperCase(Locale.ROOT),
        path,
        !security.isEmpty(),
        scopes.isEmpty() ? Optional.empty() : Optional.of(scopes.path(0).stringValue()),
        node.has("requestBody")
            ? Optional.of(
                schema(pointer + "/requestBody/content/" + JSON.replace("/", "~1") + "/schema"))
            : Optional.empty(),
        query(pointer, node.path("parameters")),
        headers(pointer, node.path("parameters")),
        node.has("x-realtime-ingress")
            ? Optional.of(ingress(node.path("x-realtime-ingress")))
            : Optional.empty());
  }

  private List<QueryParameter> query(String pointer, JsonNode parameters) {
    List<QueryParameter> found = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Located parameter = located(pointer + "/parameters/" + i, parameters.path(i));
      String in = required(parameter.node(), "in");
      if (!in.equals("query") && !in.equals("header")) {
        throw new IllegalStateException(pointer + ": parameters in " + in + " are not supported");
      }
      if (in.equals("query")) {
        found.add(
            new QueryParameter(
                required(parameter.node(), "name"),
                parameter.node().path("schema").path("type").asString("").equals("integer"),
                schema(parameter.pointer() + "/schema")));
      }
    }
    return List.copyOf(found);
  }

  private List<HeaderParameter> headers(String pointer, JsonNode parameters) {
    List<HeaderParameter> found = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Located parameter = located(pointer + "/parameters/" + i, parameters.path(i));
      if (required(parameter.node(), "in").equals("header")) {
        found.add(
            new HeaderParameter(
                required(parameter.node(), "name"), schema(parameter.pointer() + "/schema")));
      }
    }
    return List.copyOf(found);
  }

  /** A part of the document and where it is. */
  private record Located(String pointer, JsonNode node) {}

  private Located located(String pointer, JsonNode node) {
    return node.path("$ref")
        .stringValueOpt()
        .map(target -> new Located(target.substring(1), document.at(target.substring(1))))
        .orElse(new Located(pointer, node));
  }

  private static IngressRule ingress(JsonNode rule) {
    return new IngressRule(
        required(rule, "type"),
        rule.path("key").stringValueOpt(),
        Audience.valueOf(required(rule, "audience").toUpperCase(Locale.ROOT)));
  }

  private static String required(JsonNode node, String name) {
    return node.path(name)
        .stringValueOpt()
        .orElseThrow(() -> new IllegalStateException("OpenAPI document: " + name + " is missing"));
  }
}
