package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;

/**
 * What stands before the JSON of a packet.
 *
 * @param attachments declared; 0 for the types that have none
 * @param ackId -1 for none
 * @param end index of the first character after the header
 * @param hasPayload whether anything follows
 */
record PacketHeader(
    Kind kind, int attachments, String namespace, long ackId, int end, boolean hasPayload) {

  private static final long NO_ACK_ID = -1;
  private static final String ROOT = "/";

  /** The packet types in the order of their codes. */
  enum Kind {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    private static final Kind[] BY_CODE = values();

    boolean binary() {
      return this == BINARY_EVENT || this == BINARY_ACK;
    }

    private static Kind of(String text) {
      int code = text.isEmpty() ? -1 : text.charAt(0) - PacketCode.CONNECT;
      if (code < 0 || code >= BY_CODE.length) {
        throw new MalformedPacketException("packet type: unknown (expected: 0 to 6)");
      }
      return BY_CODE[code];
    }
  }

  boolean hasAckId() {
    return ackId != NO_ACK_ID;
  }

  static PacketHeader parse(String text, DecodeLimits limits) {
    Kind kind = Kind.of(text);
    int at = 1;
    int attachments = 0;
    if (kind.binary()) {
      int hyphen = digitsEnd(text, at);
      if (hyphen == at || hyphen == text.length() || text.charAt(hyphen) != '-') {
        throw new MalformedPacketException("illegal attachments (expected: <count>-)");
      }
      attachments = (int) number(text, at, hyphen, limits.maxAttachments(), "too many attachments");
      at = hyphen + 1;
    }
    String namespace = ROOT;
    if (at < text.length() && text.charAt(at) == '/') {
      int comma = text.indexOf(',', at);
      int end = comma < 0 ? text.length() : comma;
      namespace = namespace(text, at, end, limits);
      at = comma < 0 ? end : comma + 1;
    }
    long ackId = NO_ACK_ID;
    int idEnd = digitsEnd(text, at);
    if (idEnd > at) {
      ackId = number(text, at, idEnd, PacketRules.MAX_ACK_ID, "ack id: too large");
    }
    return new PacketHeader(kind, attachments, namespace, ackId, idEnd, idEnd < text.length());
  }

  private static String namespace(String text, int from, int to, DecodeLimits limits) {
    if (to - from == 1) {
      return ROOT;
    }
    String namespace = text.substring(from, to);
    PacketRules.checkNamespace(namespace, limits);
    return namespace;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static long number(String text, int from, int to, long max, String tooLarge) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (text.charAt(i) - '0');
      if (value > max) {
        throw new MalformedPacketException(tooLarge);
      }
    }
    return value;
  }
}
