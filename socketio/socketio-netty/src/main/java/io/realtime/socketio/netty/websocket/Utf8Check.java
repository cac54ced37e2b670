package io.realtime.socketio.netty.websocket;

/**
 * Tells at the first wrong byte that a text is not UTF-8, however it was cut into pieces. The rules
 * are table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing past U+10FFFF.
 */
final class Utf8Check {
  private int continuationsDue;

  /** Bounds of the next continuation byte; narrower than 80..BF behind some lead bytes. */
  private int lowest = 0x80;

  private int highest = 0xBF;

  /** False when the bytes cannot belong to a UTF-8 text; the check is of no use after that. */
  boolean accepts(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int value = bytes[i] & 0xFF;
      if (continuationsDue == 0) {
        if (value >= 0x80 && !lead(value)) {
          return false;
        }
      } else {
        if (value < lowest || value > highest) {
          return false;
        }
        continuationsDue--;
        lowest = 0x80;
        highest = 0xBF;
      }
    }
    return true;
  }

  /** Whether the text may end here. */
  boolean complete() {
    return continuationsDue == 0;
  }

  private boolean lead(int value) {
    if (value >= 0xC2 && value <= 0xDF) {
      continuationsDue = 1;
    } else if (value >= 0xE0 && value <= 0xEF) {
      continuationsDue = 2;
      lowest = value == 0xE0 ? 0xA0 : 0x80;
      highest = value == 0xED ? 0x9F : 0xBF;
    } else if (value >= 0xF0 && value <= 0xF4) {
      continuationsDue = 3;
      lowest = value == 0xF0 ? 0x90 : 0x80;
      highest = value == 0xF4 ? 0x8F : 0xBF;
    } else {
      return false;
    }
    return true;
  }
}
