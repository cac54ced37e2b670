package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.SourceObject.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Adds our members behind the source's own, whose bytes are copied as they are. The only change
 * inside: the key {@code eventId} of the source becomes {@code sourceEventId}, in place of one that
 * the source may have had under that name.
 */
final class Splice {
  static final String EVENT_ID = "eventId";
  static final String SOURCE_EVENT_ID = "sourceEventId";
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SourceObject source;
  private final StringBuilder added = new StringBuilder(160);

  private Splice(SourceObject source) {
    this.source = source;
  }

  static Splice into(SourceObject source, String eventId) {
    Splice splice = new Splice(source);
    Text.quote(splice.added, EVENT_ID);
    splice.added.append(':');
    Text.quote(splice.added, eventId);
    return splice;
  }

  static String iso(Instant instant) {
    return ISO_MILLIS.format(instant);
  }

  /** Adds a text member when the source has none of that name. */
  Splice ifAbsent(String name, String value) {
    if (!value.isEmpty() && !source.has(name)) {
      added.append(',');
      Text.quote(added, name);
      added.append(':');
      Text.quote(added, value);
    }
    return this;
  }

  byte[] bytes() {
    byte[] utf8 = source.utf8();
    int close = utf8.length - 1;
    while (utf8[close] != '}') {
      close--;
    }
    int open = 0;
    while (utf8[open] != '{') {
      open++;
    }
    byte[] tail = added.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(close - open + tail.length + 16);
    out.write('{');
    copy(out, open + 1, close);
    if (!blank(utf8, open + 1, close)) {
      out.write(',');
    }
    out.writeBytes(tail);
    out.write('}');
    return out.toByteArray();
  }

  private void copy(ByteArrayOutputStream out, int from, int to) {
    Optional<Field> own = Optional.ofNullable(source.fields().get(EVENT_ID));
    if (own.isEmpty()) {
      out.write(source.utf8(), from, to - from);
      return;
    }
    Field renamed = own.get();
    Optional<Field> shadowed = Optional.ofNullable(source.fields().get(SOURCE_EVENT_ID));
    if (shadowed.isPresent() && shadowed.get().keyStart() < renamed.keyStart()) {
      int next = without(out, shadowed.get(), from, to);
      rename(out, renamed, next, to);
    } else if (shadowed.isPresent()) {
      int cutStart = cutStart(shadowed.get());
      rename(out, renamed, from, cutStart);
      int next = cutEnd(shadowed.get(), to);
      out.write(source.utf8(), next, to - next);
    } else {
      rename(out, renamed, from, to);
    }
  }

  private void rename(ByteArrayOutputStream out, Field key, int from, int to) {
    out.write(source.utf8(), from, key.keyStart() - from);
    out.writeBytes(('"' + SOURCE_EVENT_ID + '"').getBytes(StandardCharsets.UTF_8));
    int behindKey = behindString(key.keyStart());
    out.write(source.utf8(), behindKey, to - behindKey);
  }

  /** Copies up to the member and says where copying goes on. */
  private int without(ByteArrayOutputStream out, Field member, int from, int to) {
    int start = cutStart(member);
    out.write(source.utf8(), from, start - from);
    return cutEnd(member, to);
  }

  /** A member that is not the last is cut up to the next key, the last one with its comma. */
  private int cutStart(Field member) {
    int start = member.keyStart();
    if (member.nextKeyStart() < 0) {
      while (source.utf8()[start] != ',') {
        start--;
      }
    }
    return start;
  }

  private static int cutEnd(Field member, int to) {
    return member.nextKeyStart() < 0 ? to : member.nextKeyStart();
  }

  private int behindString(int openingQuote) {
    int i = openingQuote + 1;
    while (source.utf8()[i] != '"') {
      i += source.utf8()[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static boolean blank(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] != ' ' && utf8[i] != '\t' && utf8[i] != '\n' && utf8[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
