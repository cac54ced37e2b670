package io.realtime.socketio.protocol.msgpack;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Instants, as the ISO text that {@code JSON.stringify} makes of a JavaScript Date. The arithmetic
 * is that of the proleptic Gregorian calendar: java.time has clocks, which have no place here.
 */
final class Timestamps {
  /** The extension of the MessagePack specification. */
  static final int TYPE = -1;

  private static final long MILLIS_OF_DAY = 86_400_000;

  /** A JavaScript Date reaches no further, in milliseconds. */
  private static final long MAX_MILLIS = 8_640_000_000_000_000L;

  private static final int DAYS_OF_400_YEARS = 146_097;

  /** From March 1 of the year 0, where the count below begins, to 1970. */
  private static final int DAYS_TO_1970 = 719_468;

  private Timestamps() {}

  static String ofMillis(long millis) {
    if (millis > MAX_MILLIS || millis < -MAX_MILLIS) {
      throw outOfRange();
    }
    long millisOfDay = Math.floorMod(millis, MILLIS_OF_DAY);
    long seconds = millisOfDay / 1_000;
    return date(Math.floorDiv(millis, MILLIS_OF_DAY))
        + String.format(
            Locale.ROOT,
            "T%02d:%02d:%02d.%03dZ",
            seconds / 3_600,
            seconds / 60 % 60,
            seconds % 60,
            millisOfDay % 1_000);
  }

  /** Of a timestamp with 32, 64 or 96 bits. */
  static String of(byte[] content) {
    ByteBuffer bits = ByteBuffer.wrap(content);
    return switch (content.length) {
      case 4 -> of(bits.getInt() & 0xffff_ffffL, 0);
      case 8 -> {
        long both = bits.getLong();
        yield of(both & 0x3_ffff_ffffL, both >>> 34);
      }
      case 12 -> {
        long nanos = bits.getInt() & 0xffff_ffffL;
        yield of(bits.getLong(), nanos);
      }
      default -> throw outOfRange();
    };
  }

  private static String of(long seconds, long nanos) {
    if (nanos > 999_999_999 || seconds > MAX_MILLIS / 1_000 || seconds < -MAX_MILLIS / 1_000) {
      throw outOfRange();
    }
    return ofMillis(seconds * 1_000 + nanos / 1_000_000);
  }

  /** Years begin in March, so that the day that some years have more is the last one. */
  private static String date(long daysSince1970) {
    long days = daysSince1970 + DAYS_TO_1970;
    long dayOf400 = Math.floorMod(days, DAYS_OF_400_YEARS);
    long yearOf400 = (dayOf400 - dayOf400 / 1_460 + dayOf400 / 36_524 - dayOf400 / 146_096) / 365;
    long dayOfYear = dayOf400 - (365 * yearOf400 + yearOf400 / 4 - yearOf400 / 100);
    long fromMarch = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
    long month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    long year = yearOf400 + Math.floorDiv(days, DAYS_OF_400_YEARS) * 400 + (month <= 2 ? 1 : 0);
    String sign = year < 0 ? "-" : "+";
    String digits =
        year >= 0 && year <= 9_999
            ? String.format(Locale.ROOT, "%04d", year)
            : sign + String.format(Locale.ROOT, "%06d", Math.abs(year));
    return digits + String.format(Locale.ROOT, "-%02d-%02d", month, day);
  }

  private static MalformedPacketException outOfRange() {
    return new MalformedPacketException("msgpack: no instant");
  }
}
