package io.realtime.socketio.protocol.socketio;

/** How an attachment is named in the text of its packet: {@code {"_placeholder":true,"num":i}}. */
final class Placeholders {
  static final String MARK = "_placeholder";
  static final String NUMBER = "num";

  private Placeholders() {}
}
