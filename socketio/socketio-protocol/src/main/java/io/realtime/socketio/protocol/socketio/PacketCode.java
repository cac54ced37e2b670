package io.realtime.socketio.protocol.socketio;

/** The first character of a Socket.IO packet. */
final class PacketCode {
  static final char CONNECT = '0';
  static final char DISCONNECT = '1';
  static final char EVENT = '2';
  static final char ACK = '3';
  static final char CONNECT_ERROR = '4';
  static final char BINARY_EVENT = '5';
  static final char BINARY_ACK = '6';

  private PacketCode() {}
}
