package io.realtime.socketio.protocol.msgpack;

import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.RawJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A growing MessagePack value, each part in its shortest form. Used by one thread.
 *
 * @see <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">MessagePack</a>
 */
public final class MessagePackWriter {
  /** Deeper values are refused rather than let a cycle end in a stack overflow. */
  static final int MAX_DEPTH = 1_000;

  private static final DecodeLimits RAW_JSON =
      new DecodeLimits(
          0,
          MAX_DEPTH,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  private byte[] bytes = new byte[64];
  private int size;
  private int depth;

  /** What was written; the array is the caller's. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * A value as {@link io.realtime.socketio.protocol.socketio.SocketPacket} describes it.
   *
   * @throws IllegalArgumentException for any other value, or one nested deeper than 1000
   */
  public MessagePackWriter value(@Nullable Object value) {
    switch (value) {
      case null -> one(Code.NIL);
      case RawJson json -> value(json.value(RAW_JSON));
      case String text -> text(text);
      case Boolean flag -> one(flag ? Code.TRUE : Code.FALSE);
      case Number number -> number(number);
      case byte[] data -> binary(data);
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list);
      default ->
          throw new IllegalArgumentException(
              "value: "
                  + value.getClass().getName()
                  + " (expected: a JSON value, RawJson or byte[])");
    }
    return this;
  }

  /** Begins a map; {@code entries} keys, each with its value, must follow. */
  public MessagePackWriter mapHeader(int entries) {
    if (entries < 16) {
      one(Code.FIX_MAP | entries);
    } else if (entries < 1 << 16) {
      sized(Code.MAP_16, entries, 2);
    } else {
      sized(Code.MAP_32, entries, 4);
    }
    return this;
  }

  private void map(Map<?, ?> map) {
    enter();
    mapHeader(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text(String.valueOf(entry.getKey()));
      value(entry.getValue());
    }
    depth--;
  }

  private void list(List<?> list) {
    enter();
    int length = list.size();
    if (length < 16) {
      one(Code.FIX_ARRAY | length);
    } else if (length < 1 << 16) {
      sized(Code.ARRAY_16, length, 2);
    } else {
      sized(Code.ARRAY_32, length, 4);
    }
    for (Object element : list) {
      value(element);
    }
    depth--;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "value: nested deeper than " + MAX_DEPTH + " (expected: no cycle)");
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < 32) {
      one(Code.FIX_STRING | utf8.length);
    } else if (utf8.length < 1 << 8) {
      sized(Code.STRING_8, utf8.length, 1);
    } else if (utf8.length < 1 << 16) {
      sized(Code.STRING_16, utf8.length, 2);
    } else {
      sized(Code.STRING_32, utf8.length, 4);
    }
    raw(utf8);
  }

  private void binary(byte[] data) {
    if (data.length < 1 << 8) {
      sized(Code.BINARY_8, data.length, 1);
    } else if (data.length < 1 << 16) {
      sized(Code.BINARY_16, data.length, 2);
    } else {
      sized(Code.BINARY_32, data.length, 4);
    }
    raw(data);
  }

  private void number(Number number) {
    switch (number) {
      case Integer value -> integer(value);
      case Long value -> integer(value);
      case Short value -> integer(value);
      case Byte value -> integer(value);
      case BigInteger value when value.bitLength() < Long.SIZE -> integer(value.longValue());
      case BigInteger value when value.signum() > 0 && value.bitLength() == Long.SIZE ->
          sized(Code.UINT_64, value.longValue(), 8);
      default -> decimal(number.doubleValue());
    }
  }

  private void integer(long value) {
    if (value >= 0) {
      unsigned(value);
    } else if (value >= -32) {
      one((int) value);
    } else if (value >= Byte.MIN_VALUE) {
      sized(Code.INT_8, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      sized(Code.INT_16, value, 2);
    } else if (value >= Integer.MIN_VALUE) {
      sized(Code.INT_32, value, 4);
    } else {
      sized(Code.INT_64, value, 8);
    }
  }

  private void unsigned(long value) {
    if (value < 1 << 7) {
      one((int) value);
    } else if (value < 1 << 8) {
      sized(Code.UINT_8, value, 1);
    } else if (value < 1 << 16) {
      sized(Code.UINT_16, value, 2);
    } else if (value < 1L << 32) {
      sized(Code.UINT_32, value, 4);
    } else {
      sized(Code.UINT_64, value, 8);
    }
  }

  /** What JSON has no number for is nil, as it is null there. */
  private void decimal(double value) {
    if (Double.isFinite(value)) {
      sized(Code.FLOAT_64, Double.doubleToLongBits(value), 8);
    } else {
      one(Code.NIL);
    }
  }

  private void one(int code) {
    reserve(1);
    bytes[size++] = (byte) code;
  }

  /** A code, and the last {@code width} bytes of {@code value}. */
  private void sized(int code, long value, int width) {
    reserve(1 + width);
    bytes[size++] = (byte) code;
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  private void raw(byte[] data) {
    reserve(data.length);
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      long doubled = Math.max(2L * bytes.length, needed);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, Integer.MAX_VALUE - 8));
    }
  }
}
