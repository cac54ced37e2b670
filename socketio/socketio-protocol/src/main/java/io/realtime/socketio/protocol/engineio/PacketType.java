package io.realtime.socketio.protocol.engineio;

/** The first character of an Engine.IO packet, the same in revisions 3 and 4. */
final class PacketType {
  static final char OPEN = '0';
  static final char CLOSE = '1';
  static final char PING = '2';
  static final char PONG = '3';
  static final char MESSAGE = '4';
  static final char UPGRADE = '5';
  static final char NOOP = '6';

  /** Not a type of its own: a message whose bytes follow as base64. */
  static final char BASE64 = 'b';

  private PacketType() {}
}
