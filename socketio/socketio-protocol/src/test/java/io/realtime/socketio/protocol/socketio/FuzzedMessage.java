package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One of the messages that an input holds, written as in a polling payload, but bytes are raw. */
sealed interface FuzzedMessage {
  byte SEPARATOR = 0x1e;
  byte BYTES_FOLLOW = 'b';

  record Text(String text) implements FuzzedMessage {}

  record Bytes(byte[] bytes) implements FuzzedMessage {}

  default DecodeResult into(SocketPacketDecoder decoder) {
    return switch (this) {
      case Text(String text) -> decoder.accept(text);
      case Bytes(byte[] bytes) -> decoder.accept(bytes);
    };
  }

  static List<FuzzedMessage> split(byte[] input) {
    List<FuzzedMessage> messages = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= input.length; at++) {
      if (at == input.length || input[at] == SEPARATOR) {
        messages.add(of(Arrays.copyOfRange(input, from, at)));
        from = at + 1;
      }
    }
    return messages;
  }

  private static FuzzedMessage of(byte[] part) {
    return part.length > 0 && part[0] == BYTES_FOLLOW
        ? new Bytes(Arrays.copyOfRange(part, 1, part.length))
        : new Text(new String(part, UTF_8));
  }
}
