package io.realtime.notify.http.contract;

import com.networknt.schema.Schema;
import io.realtime.notify.http.web.Problem.FieldError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** One schema of the document (JSON Schema 2020-12, as OpenAPI 3.1 uses it). */
public final class ContractSchema {
  private final Schema schema;
  private final Set<String> integerMembers;

  /**
   * @param integerMembers members that take no number but integers: JSON Schema counts 1e3 and 1.0
   *     as such, but an id is routed as it is written
   */
  ContractSchema(Schema schema, Set<String> integerMembers) {
    this.schema = schema;
    this.integerMembers = Set.copyOf(integerMembers);
  }

  /**
   * What is wrong with {@code value}; empty when nothing is.
   *
   * @param root the name of the value as a whole, such as {@code body}
   */
  public List<FieldError> violations(JsonNode value, String root) {
    Set<FieldError> found = new LinkedHashSet<>();
    for (com.networknt.schema.Error error : schema.validate(value)) {
      found.add(new FieldError(field(error, root), message(error)));
    }
    for (String name : integerMembers) {
      if (value.path(name).isFloatingPointNumber() && found.stream().noneMatch(names(name))) {
        found.add(new FieldError(name, "number found, an integer in digits expected"));
      }
    }
    return List.copyOf(found);
  }

  private static Predicate<FieldError> names(String field) {
    return error -> error.field().equals(field);
  }

  private static String field(com.networknt.schema.Error error, String root) {
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      append(field, String.valueOf(error.getInstanceLocation().getElement(i)));
    }
    String property = error.getProperty();
    if (property != null) {
      append(field, property);
    }
    return field.isEmpty() ? root : field.toString();
  }

  private static void append(StringBuilder field, String name) {
    field.append(field.isEmpty() ? "" : ".").append(name);
  }

  private static String message(com.networknt.schema.Error error) {
    return switch (error.getKeyword()) {
      case "required" -> "is required";
      case "additionalProperties" -> "is not a known field";
      case "type" -> error.getMessage().replace("unknown found", "number out of range");
      default -> error.getMessage();
    };
  }
}
