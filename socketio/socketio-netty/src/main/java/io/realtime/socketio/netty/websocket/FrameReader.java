package io.realtime.socketio.netty.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a client into messages by the rules of RFC 6455, section 5: any cut of the
 * bytes gives the same calls. Memory grows with what has arrived, never with what a header
 * announces, and never past the limit.
 */
final class FrameReader {
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int COMPRESSED = 0x40;

  private static final int MAX_CONTROL_PAYLOAD = 125;
  private static final int MASK_BYTES = 4;
  private static final int LONGEST_HEADER = 14;
  private static final int FIRST_GROWTH = 4_096;
  private static final byte[] EMPTY = new byte[0];

  /** Takes what was read. */
  interface Sink {
    void onText(String text);

    void onBinary(byte[] bytes);

    void onPing(byte[] payload);

    void onPong(byte[] payload);

    /** {@code code} is 1005 when the frame was empty. */
    void onClose(int code);
  }

  private final int maxMessageBytes;
  private final @Nullable MessageInflater inflater;
  private final Sink sink;

  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerLength;

  private boolean inPayload;
  private boolean finalFragment;
  private int opcode;
  private int remaining;
  private int maskOffset;
  private int maskIndex;

  /** TEXT or BINARY while a message is under way, otherwise CONTINUATION. */
  private int messageOpcode = CONTINUATION;

  private byte[] message = EMPTY;
  private int messageLength;
  private byte[] control = EMPTY;
  private int controlLength;
  private @Nullable Utf8Check utf8;
  private boolean compressed;
  private long messagesRead;
  private boolean stopped;

  /** Without compression. */
  FrameReader(int maxMessageBytes, Sink sink) {
    this(maxMessageBytes, null, sink);
  }

  /**
   * @param inflater absent when compression was not agreed on
   */
  FrameReader(int maxMessageBytes, @Nullable MessageInflater inflater, Sink sink) {
    this.maxMessageBytes = maxMessageBytes;
    this.inflater = inflater;
    this.sink = sink;
  }

  /** Reads all of {@code in}, unless stopped. */
  void read(ByteBuf in) throws WebSocketViolation {
    while (in.isReadable() && !stopped) {
      if (inPayload) {
        readPayload(in);
      } else if (readHeader(in)) {
        inPayload = true;
      }
      if (inPayload && remaining == 0 && !stopped) {
        endFrame();
      }
    }
  }

  /** Nothing is read any more: what follows a close frame has no meaning. */
  void stop() {
    stopped = true;
    message = EMPTY;
  }

  /** Whether a frame or a message has begun and not ended. */
  boolean midMessage() {
    return headerLength > 0 || messageOpcode != CONTINUATION;
  }

  /** How many messages have ended: tells one unfinished message from the next. */
  long messagesRead() {
    return messagesRead;
  }

  private boolean readHeader(ByteBuf in) throws WebSocketViolation {
    while (headerLength < 2) {
      if (!in.isReadable()) {
        return false;
      }
      header[headerLength++] = in.readByte();
      if (headerLength == 1) {
        checkFirstByte(header[0] & 0xFF);
      } else {
        checkSecondByte(header[1] & 0xFF);
      }
    }
    int shortLength = header[1] & 0x7F;
    int lengthBytes = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
    int whole = 2 + lengthBytes + MASK_BYTES;
    int available = Math.min(whole - headerLength, in.readableBytes());
    in.readBytes(header, headerLength, available);
    headerLength += available;
    if (headerLength >= 2 + lengthBytes) {
      remaining = checkedLength(shortLength, lengthBytes);
    }
    if (headerLength < whole) {
      return false;
    }
    maskOffset = 2 + lengthBytes;
    maskIndex = 0;
    beginFrame();
    return true;
  }

  private void checkFirstByte(int first) throws WebSocketViolation {
    finalFragment = (first & 0x80) != 0;
    opcode = first & 0x0F;
    checkReservedBits(first & 0x70);
    switch (opcode) {
      case CONTINUATION -> {
        if (messageOpcode == CONTINUATION) {
          throw protocolError("a continuation without a beginning");
        }
      }
      case TEXT, BINARY -> {
        if (messageOpcode != CONTINUATION) {
          throw protocolError("a new message inside another");
        }
      }
      case CLOSE, PING, PONG -> {
        if (!finalFragment) {
          throw protocolError("a fragmented control frame");
        }
      }
      default -> throw protocolError("a reserved opcode");
    }
  }

  /** The first frame of a message says whether it is compressed (RFC 7692, 6); no other may. */
  private void checkReservedBits(int bits) throws WebSocketViolation {
    boolean beginsMessage = opcode == TEXT || opcode == BINARY;
    if (bits != 0 && !(bits == COMPRESSED && beginsMessage && inflater != null)) {
      throw protocolError("a reserved bit is set");
    }
    if (beginsMessage) {
      compressed = bits != 0;
    }
  }

  private void checkSecondByte(int second) throws WebSocketViolation {
    if ((second & 0x80) == 0) {
      throw protocolError("an unmasked frame");
    }
    if (isControl() && (second & 0x7F) > MAX_CONTROL_PAYLOAD) {
      throw protocolError("a control frame of more than 125 bytes");
    }
  }

  private int checkedLength(int shortLength, int lengthBytes) throws WebSocketViolation {
    long length = shortLength;
    if (lengthBytes > 0) {
      length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = (length << 8) | (header[2 + i] & 0xFF);
      }
      if (length < 0) {
        throw protocolError("a length with its top bit set");
      }
    }
    if (!isControl() && length > maxPayloadBytes() - messageLength) {
      throw new WebSocketViolation(CloseCode.MESSAGE_TOO_BIG, "a message past the limit");
    }
    return (int) length;
  }

  /** What does not compress becomes a little longer by it. */
  private int maxPayloadBytes() {
    return compressed
        ? (int) Math.min(Integer.MAX_VALUE, maxMessageBytes + (maxMessageBytes >>> 10) + 64L)
        : maxMessageBytes;
  }

  private void beginFrame() {
    if (isControl()) {
      control = remaining == 0 ? EMPTY : new byte[remaining];
      controlLength = 0;
    } else if (opcode != CONTINUATION) {
      messageOpcode = opcode;
      if (opcode == TEXT && !compressed) {
        utf8 = new Utf8Check();
      }
    }
  }

  private void readPayload(ByteBuf in) throws WebSocketViolation {
    int count = Math.min(remaining, in.readableBytes());
    if (isControl()) {
      in.readBytes(control, controlLength, count);
      unmask(control, controlLength, controlLength + count);
      controlLength += count;
    } else {
      int end = messageLength + count;
      grow(end, count == remaining && finalFragment);
      in.readBytes(message, messageLength, count);
      unmask(message, messageLength, end);
      Utf8Check check = utf8;
      if (check != null && !check.accepts(message, messageLength, end)) {
        throw notUtf8();
      }
      messageLength = end;
    }
    remaining -= count;
  }

  /** Exact for the last piece, so that a message of one piece is never copied. */
  private void grow(int needed, boolean last) {
    if (needed <= message.length) {
      return;
    }
    int capacity =
        last
            ? needed
            : (int)
                Math.min(maxPayloadBytes(), Math.max(FIRST_GROWTH, (long) needed + (needed >> 1)));
    message = Arrays.copyOf(message, Math.max(needed, capacity));
  }

  private void unmask(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      bytes[i] ^= header[maskOffset + (maskIndex++ & 3)];
    }
  }

  private void endFrame() throws WebSocketViolation {
    inPayload = false;
    headerLength = 0;
    switch (opcode) {
      case PING -> sink.onPing(takeControl());
      case PONG -> sink.onPong(takeControl());
      case CLOSE -> endWithClose(takeControl());
      default -> {
        if (finalFragment) {
          endMessage();
        }
      }
    }
  }

  private void endMessage() throws WebSocketViolation {
    byte[] bytes = message;
    int length = messageLength;
    boolean text = messageOpcode == TEXT;
    Utf8Check check = utf8;
    message = EMPTY;
    messageLength = 0;
    messageOpcode = CONTINUATION;
    utf8 = null;
    messagesRead++;
    MessageInflater packed = compressed ? inflater : null;
    if (packed != null) {
      bytes = packed.inflate(bytes, length, maxMessageBytes);
      length = bytes.length;
      check = text ? new Utf8Check() : null;
    }
    if (!text) {
      sink.onBinary(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
      return;
    }
    if (check != null
        && !((packed == null || check.accepts(bytes, 0, length)) && check.complete())) {
      throw notUtf8();
    }
    sink.onText(new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  private void endWithClose(byte[] payload) throws WebSocketViolation {
    stop();
    if (payload.length == 0) {
      sink.onClose(CloseCode.NO_STATUS);
      return;
    }
    if (payload.length == 1) {
      throw protocolError("a close frame of one byte");
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    if (!CloseCode.mayBeSent(code)) {
      throw protocolError("a close code that must not be sent");
    }
    Utf8Check reason = new Utf8Check();
    if (!reason.accepts(payload, 2, payload.length) || !reason.complete()) {
      throw notUtf8();
    }
    sink.onClose(code);
  }

  private byte[] takeControl() {
    byte[] taken = control;
    control = EMPTY;
    return taken;
  }

  private boolean isControl() {
    return opcode >= CLOSE;
  }

  private static WebSocketViolation protocolError(String message) {
    return new WebSocketViolation(CloseCode.PROTOCOL_ERROR, message);
  }

  private static WebSocketViolation notUtf8() {
    return new WebSocketViolation(CloseCode.INVALID_PAYLOAD, "a text that is not UTF-8");
  }
}
