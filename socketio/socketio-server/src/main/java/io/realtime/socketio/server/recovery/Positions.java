package io.realtime.socketio.server.recovery;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How positions in one log are written: as the last argument of an event, and as the {@code offset}
 * of a client that comes back. The name of the log, which is new with every process, then the
 * number of the event, in as many characters for all. Opaque to clients. Immutable; any thread.
 */
public final class Positions {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";

  private static final int BITS = 6;
  private static final int NAME_LENGTH = 6;
  private static final int NUMBER_LENGTH = 8;

  /** Characters, which are bytes, of a position. */
  public static final int LENGTH = NAME_LENGTH + 1 + NUMBER_LENGTH;

  private final byte[] name;
  private final String placeholder;
  private final byte[] placeholderBytes;

  /**
   * @param random makes up the name
   */
  public Positions(long random) {
    byte[] begin = new byte[LENGTH];
    write(random, begin, 0, NAME_LENGTH);
    begin[NAME_LENGTH] = '.';
    this.name = begin;
    write(-1, name, NAME_LENGTH + 1, NUMBER_LENGTH);
    this.placeholderBytes = name.clone();
    this.placeholder = new String(name, StandardCharsets.ISO_8859_1);
  }

  /** What stands where a position will be written; no event's position. */
  public String placeholder() {
    return placeholder;
  }

  /** The same, in the characters of a packet; never written to. */
  public byte[] placeholderBytes() {
    return placeholderBytes;
  }

  /** Writes the position of event {@code number} over a placeholder. */
  public void write(long number, byte[] into, int at) {
    System.arraycopy(name, 0, into, at, NAME_LENGTH + 1);
    write(number, into, at + NAME_LENGTH + 1, NUMBER_LENGTH);
  }

  public String of(long number) {
    byte[] text = new byte[LENGTH];
    write(number, text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The number of the event; empty for anything that is no position of this log. */
  public OptionalLong parse(String position) {
    if (position.length() != LENGTH) {
      return OptionalLong.empty();
    }
    for (int i = 0; i <= NAME_LENGTH; i++) {
      if (position.charAt(i) != name[i]) {
        return OptionalLong.empty();
      }
    }
    long number = 0;
    for (int i = NAME_LENGTH + 1; i < LENGTH; i++) {
      int digit = DIGITS.indexOf(position.charAt(i));
      if (digit < 0) {
        return OptionalLong.empty();
      }
      number = number << BITS | digit;
    }
    return OptionalLong.of(number);
  }

  private static void write(long value, byte[] into, int at, int length) {
    long rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      into[i] = (byte) DIGITS.charAt((int) (rest & ((1 << BITS) - 1)));
      rest >>>= BITS;
    }
  }
}
