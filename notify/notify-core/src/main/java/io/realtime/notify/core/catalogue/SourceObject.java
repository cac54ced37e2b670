package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/**
 * What the catalogue read in one pass over a JSON object: the members it knows, each with the place
 * of its key. Everything else in {@link #utf8} is left alone.
 *
 * @param utf8 the object, possibly with white space around it
 */
record SourceObject(byte[] utf8, Map<String, Field> fields) {
  /** Longest id, in characters. */
  static final int MAX_ID_LENGTH = 256;

  /** Zeros that an exponent may stand for: writing a number out must not cost gigabytes. */
  static final int MAX_SCALE = 300;

  private static final String ID = "a string of 1 to 256 characters or an integer";

  /**
   * One member of the object.
   *
   * @param token the first token of its value
   * @param text of a string, number or literal; empty for objects and arrays
   * @param keyStart the byte at which the key begins
   * @param nextKeyStart the byte at which the next member's key begins, or -1 for the last member
   * @param valueStart the first byte of the value
   * @param valueEnd behind the last byte of an object or array; -1 for other values
   */
  record Field(
      JsonToken token, String text, int keyStart, int nextKeyStart, int valueStart, int valueEnd) {
    Field {
      if (valueStart <= keyStart) {
        throw new IllegalArgumentException("valueStart: " + valueStart);
      }
    }

    private String kind() {
      return switch (token) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "an array";
        case VALUE_TRUE, VALUE_FALSE -> "a boolean";
        case VALUE_STRING -> "a string";
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
        default -> "null";
      };
    }
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A member that is there and not {@code null}. */
  Optional<Field> present(String name) {
    return Optional.ofNullable(fields.get(name)).filter(f -> f.token() != JsonToken.VALUE_NULL);
  }

  /** The text of an id, the first of {@code names} that is present. */
  String id(String... names) {
    for (String name : names) {
      Optional<Field> field = present(name);
      if (field.isPresent()) {
        return id(name, field.get());
      }
    }
    throw RejectedRecordException.missing(String.join(" or ", names));
  }

  private static String id(String name, Field field) {
    return switch (field.token()) {
      case VALUE_STRING -> idText(name, field.text());
      case VALUE_NUMBER_INT ->
          idText(name, field.text().equals("-0") ? "0" : new BigInteger(field.text()).toString());
      default -> throw RejectedRecordException.invalid(name, field.kind(), ID);
    };
  }

  private static String idText(String name, String text) {
    if (text.isBlank()) {
      throw RejectedRecordException.invalid(name, "blank", ID);
    }
    if (text.length() > MAX_ID_LENGTH) {
      throw RejectedRecordException.invalid(name, text.length() + " characters", ID);
    }
    if (!Text.wellFormed(text)) {
      throw RejectedRecordException.invalid(name, "a lone surrogate", ID);
    }
    return text;
  }

  /** A string that is not blank. */
  String text(String name) {
    Field field = present(name).orElseThrow(() -> RejectedRecordException.missing(name));
    if (field.token() != JsonToken.VALUE_STRING) {
      throw RejectedRecordException.invalid(name, field.kind(), "a string");
    }
    if (field.text().isBlank()) {
      throw RejectedRecordException.invalid(name, "blank", "a string that says something");
    }
    return field.text();
  }

  /** A number that is not negative. */
  BigDecimal amount(String name) {
    Field field = present(name).orElseThrow(() -> RejectedRecordException.missing(name));
    if (!field.token().isNumeric()) {
      throw RejectedRecordException.invalid(name, field.kind(), "a number >= 0");
    }
    BigDecimal amount =
        number(field)
            .orElseThrow(
                () -> RejectedRecordException.invalid(name, "out of range", "a number >= 0"));
    if (amount.signum() < 0) {
      throw RejectedRecordException.invalid(name, "negative", "a number >= 0");
    }
    return amount;
  }

  /** A number if it is one, whatever else the source may have put there. */
  Optional<BigDecimal> optionalNumber(String name) {
    return present(name).filter(field -> field.token().isNumeric()).flatMap(SourceObject::number);
  }

  private static Optional<BigDecimal> number(Field field) {
    try {
      return Optional.of(new BigDecimal(field.text()))
          .filter(number -> Math.abs((long) number.scale()) <= MAX_SCALE);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The bytes of a member that must be an object. */
  byte[] object(String name) {
    Field field = present(name).orElseThrow(() -> RejectedRecordException.missing(name));
    if (field.token() != JsonToken.START_OBJECT) {
      throw RejectedRecordException.invalid(name, field.kind(), "an object");
    }
    return java.util.Arrays.copyOfRange(utf8, field.valueStart(), field.valueEnd());
  }

  /** Collects members while they are read; a known name that comes twice is refused. */
  static final class Collector {
    private final Map<String, Field> fields = new HashMap<>();

    void add(String name, Field field) {
      if (fields.putIfAbsent(name, field) != null) {
        throw new RejectedRecordException(
            Stage.VALIDATE,
            ErrorCode.INVALID_FIELD,
            name + ": appears twice (expected: once, or readers would disagree about it)");
      }
    }

    void nextKey(String name, int nextKeyStart) {
      fields.computeIfPresent(
          name,
          (key, f) ->
              new Field(
                  f.token(), f.text(), f.keyStart(), nextKeyStart, f.valueStart(), f.valueEnd()));
    }

    SourceObject of(byte[] utf8) {
      return new SourceObject(utf8, Map.copyOf(fields));
    }
  }
}
