package io.realtime.socketio.protocol.msgpack;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one MessagePack value, within limits, into the values that {@link
 * io.realtime.socketio.protocol.socketio.SocketPacket} describes. JavaScript's own types come as
 * JSON has them: a Date as its ISO text, undefined as null or, in an object, not at all. Strict: no
 * name twice in one object, no name but text, no malformed UTF-8, no other extension, nothing
 * behind the value. Nothing is allocated for a length that the message does not have. Used once, by
 * one thread.
 */
public final class MessagePackReader {
  private static final Object UNDEFINED = new Object();

  /** Room for more is made as elements come: nested headers may all claim the same bytes. */
  private static final int MAX_FIRST_CAPACITY = 16;

  private final byte[] bytes;
  private final DecodeLimits limits;
  private int at;
  private int depth;
  private int nodes;

  public MessagePackReader(byte[] bytes, DecodeLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /**
   * The value.
   *
   * @throws MalformedPacketException when it is not exactly one value within the limits
   */
  public @Nullable Object document() {
    Object value = defined(next());
    if (at != bytes.length) {
      throw new MalformedPacketException("msgpack: bytes after the value");
    }
    return value;
  }

  private static @Nullable Object defined(@Nullable Object value) {
    return value == UNDEFINED ? null : value;
  }

  private @Nullable Object next() {
    if (++nodes > limits.maxNodes()) {
      throw new MalformedPacketException("msgpack: more than " + limits.maxNodes() + " values");
    }
    int code = (int) unsigned(1);
    if (code < Code.FIX_MAP) {
      return code;
    }
    if (code >= Code.NEGATIVE) {
      return (int) (byte) code;
    }
    if (code < Code.FIX_ARRAY) {
      return map(code & 0x0f);
    }
    if (code < Code.FIX_STRING) {
      return array(code & 0x0f);
    }
    return code < Code.NIL ? text(code & 0x1f) : coded(code);
  }

  private @Nullable Object coded(int code) {
    return switch (code) {
      case Code.NIL -> null;
      case Code.FALSE -> false;
      case Code.TRUE -> true;
      case Code.BINARY_8 -> take(length(1));
      case Code.BINARY_16 -> take(length(2));
      case Code.BINARY_32 -> take(length(4));
      case Code.FLOAT_32 -> finite(Float.intBitsToFloat((int) unsigned(4)));
      case Code.FLOAT_64 -> finite(Double.longBitsToDouble(unsigned(8)));
      case Code.STRING_8 -> text(length(1));
      case Code.STRING_16 -> text(length(2));
      case Code.STRING_32 -> text(length(4));
      case Code.ARRAY_16 -> array(length(2));
      case Code.ARRAY_32 -> array(length(4));
      case Code.MAP_16 -> map(length(2));
      case Code.MAP_32 -> map(length(4));
      default -> code >= Code.UINT_8 && code <= Code.INT_64 ? integer(code) : extension(code);
    };
  }

  private Number integer(int code) {
    return switch (code) {
      case Code.UINT_8 -> (int) unsigned(1);
      case Code.UINT_16 -> (int) unsigned(2);
      case Code.UINT_32 -> narrowed(unsigned(4));
      case Code.UINT_64 -> unsigned64(unsigned(8));
      case Code.INT_8 -> (int) (byte) unsigned(1);
      case Code.INT_16 -> (int) (short) unsigned(2);
      case Code.INT_32 -> (int) unsigned(4);
      default -> narrowed(unsigned(8));
    };
  }

  private static Number narrowed(long value) {
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  private static Number unsigned64(long bits) {
    return bits >= 0 ? narrowed(bits) : new BigInteger(Long.toUnsignedString(bits));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** The types of JavaScript that notepack writes as extension 0, and timestamps. */
  private @Nullable Object extension(int code) {
    int length =
        switch (code) {
          case Code.EXTENSION_8 -> length(1);
          case Code.EXTENSION_16 -> length(2);
          case Code.EXTENSION_32 -> length(4);
          case Code.FIX_EXTENSION_1 -> 1;
          case Code.FIX_EXTENSION_4 -> 4;
          case Code.FIX_EXTENSION_8 -> 8;
          default -> throw unknownType();
        };
    int type = (byte) unsigned(1);
    if (type == 0 && code <= Code.EXTENSION_32) {
      return take(length);
    }
    byte[] content = take(length);
    if (type == 0 && code == Code.FIX_EXTENSION_1) {
      return UNDEFINED;
    }
    if (type == 0 && code == Code.FIX_EXTENSION_8) {
      return Timestamps.ofMillis(ByteBuffer.wrap(content).getLong());
    }
    if (type == Timestamps.TYPE) {
      return Timestamps.of(content);
    }
    throw unknownType();
  }

  private List<@Nullable Object> array(int length) {
    enter(length);
    List<@Nullable Object> list = new ArrayList<>(Math.min(length, MAX_FIRST_CAPACITY));
    for (int i = 0; i < length; i++) {
      list.add(defined(next()));
    }
    depth--;
    return list;
  }

  private Map<String, @Nullable Object> map(int length) {
    if (length > limits.maxKeysPerObject()) {
      throw new MalformedPacketException(
          "msgpack: more than " + limits.maxKeysPerObject() + " names in one object");
    }
    enter(2L * length);
    Map<String, @Nullable Object> map =
        LinkedHashMap.newLinkedHashMap(Math.min(length, MAX_FIRST_CAPACITY));
    boolean someUndefined = false;
    for (int i = 0; i < length; i++) {
      if (!(next() instanceof String name)) {
        throw new MalformedPacketException("msgpack: a name that is no text");
      }
      Object value = next();
      someUndefined |= value == UNDEFINED;
      map.put(name, value);
    }
    if (map.size() != length) {
      throw new MalformedPacketException("msgpack: a name twice in one object");
    }
    if (someUndefined) {
      map.values().removeIf(value -> value == UNDEFINED);
    }
    depth--;
    return map;
  }

  /** Every value takes one byte at least. */
  private void enter(long values) {
    if (values > bytes.length - at) {
      throw cutShort();
    }
    if (++depth > limits.maxDepth()) {
      throw new MalformedPacketException("msgpack: nested deeper than " + limits.maxDepth());
    }
  }

  private String text(int length) {
    requireLeft(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      requireUtf8(length);
    }
    if (text.length() > limits.maxStringLength()) {
      throw new MalformedPacketException(
          "msgpack: a string longer than " + limits.maxStringLength() + " characters");
    }
    at += length;
    return text;
  }

  /** Tells a sent U+FFFD from a replaced byte. */
  private void requireUtf8(int length) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
    } catch (CharacterCodingException e) {
      throw new MalformedPacketException("msgpack: not valid UTF-8");
    }
  }

  private byte[] take(int length) {
    requireLeft(length);
    byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  private int length(int width) {
    long length = unsigned(width);
    if (length > bytes.length - at) {
      throw cutShort();
    }
    return (int) length;
  }

  /** The next {@code width} bytes as a number; of eight, the first may make it negative. */
  private long unsigned(int width) {
    requireLeft(width);
    long value = 0;
    for (int end = at + width; at < end; at++) {
      value = value << 8 | (bytes[at] & 0xff);
    }
    return value;
  }

  private void requireLeft(int length) {
    if (length > bytes.length - at) {
      throw cutShort();
    }
  }

  private static MalformedPacketException cutShort() {
    return new MalformedPacketException("msgpack: cut short");
  }

  private static MalformedPacketException unknownType() {
    return new MalformedPacketException("msgpack: an unknown type");
  }
}
