package io.realtime.notify.http.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one JSON value (RFC 8259) in UTF-8 from untrusted bytes: no byte order mark, no other
 * encoding, no text behind the value, no repeated member names, no half surrogate pairs, bounded
 * nesting and numbers.
 */
public final class StrictJson {
  /** Nested arrays and objects. */
  public static final int MAX_DEPTH = 64;

  /** Characters of one number. */
  public static final int MAX_NUMBER_LENGTH = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** A body that is not JSON. {@code field} is {@code body} or the member that is repeated. */
  public static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;

    NotJsonException(String field, String message) {
      super(message, null, false, false);
      this.field = field;
    }

    public String field() {
      return field;
    }

    /** A sentence without any of the caller's bytes. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  public static JsonNode read(byte[] utf8) throws NotJsonException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new NotJsonException("body", "is not valid UTF-8");
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new NotJsonException("body", "is empty");
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.toString())) {
        throw new NotJsonException("body", "holds half of a surrogate pair");
      }
      return node;
    } catch (JacksonException e) {
      throw reason(e);
    }
  }

  private static NotJsonException reason(JacksonException e) {
    boolean repeated = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate ");
    if (repeated && e.processor() instanceof JsonParser parser) {
      String name = parser.currentName();
      return new NotJsonException(name == null ? "body" : name, "appears more than once");
    }
    TokenStreamLocation at = e.getLocation();
    return new NotJsonException(
        "body",
        at == null || at.getLineNr() < 1
            ? "is not valid JSON"
            : "is not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }
}
