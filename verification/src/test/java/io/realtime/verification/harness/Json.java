package io.realtime.verification.harness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as tests need it: trees and text. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** JSON written with single quotes, for readable tests. */
  public static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }
}
