package io.realtime.notify.core.sockets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The data of one client event: an object, or nothing. */
final class Request {
  private static final int MAX_ID_LENGTH = 256;

  private final Map<?, ?> data;

  private Request(Map<?, ?> data) {
    this.data = data;
  }

  static Request of(List<@Nullable Object> arguments) {
    return switch (arguments.isEmpty() ? null : arguments.getFirst()) {
      case null -> new Request(Map.of());
      case Map<?, ?> object -> new Request(object);
      default ->
          throw new RefusedRequestException(ErrorCode.INVALID_ARGUMENT, "data must be an object");
    };
  }

  /** A member that is an id (contract section 3): a text of 1 to 256 characters or an integer. */
  Optional<String> id(String name) {
    @Nullable Object value = data.get(name);
    return value == null ? Optional.empty() : Optional.of(id(name, value));
  }

  /** A member that is an array of ids; absent when there is none. Each id counts once. */
  Optional<Set<String>> ids(String name, int max) {
    @Nullable Object value = data.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> many)) {
      throw invalid(name + " must be an array of ids");
    }
    if (many.size() > max) {
      throw new RefusedRequestException(
          ErrorCode.LIMIT_EXCEEDED, name + " must have at most " + max + " ids");
    }
    Set<String> ids = new LinkedHashSet<>();
    for (@Nullable Object one : many) {
      ids.add(id(name, one));
    }
    return Optional.of(ids);
  }

  private static String id(String name, @Nullable Object value) {
    return switch (value) {
      case String text when !text.isEmpty() && text.length() <= MAX_ID_LENGTH -> text;
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case BigInteger number when number.bitLength() <= Long.SIZE * 4 -> number.toString();
      case BigDecimal number when number.scale() == 0 && number.precision() <= MAX_ID_LENGTH ->
          number.toPlainString();
      case null, default ->
          throw invalid(
              name + " must be a string of 1 to " + MAX_ID_LENGTH + " characters or an integer");
    };
  }

  static RefusedRequestException invalid(String message) {
    return new RefusedRequestException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
