package io.realtime.verification.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user's client keeps over its connections, as the stock client does. Crowd's thread. */
final class Memory {
  private static final Pattern SESSION = Pattern.compile("\"pid\":\"([^\"]+)\"");
  private static final int LONGEST_POSITION = 64;

  private String session = "";
  private String position = "";
  private boolean recovered;

  /** What comes behind {@code 40}; nothing for the first time. */
  String handshake() {
    if (session.isEmpty()) {
      return "";
    }
    String offset = position.isEmpty() ? "" : ",\"offset\":\"" + position + "\"";
    return "{\"pid\":\"" + session + "\"" + offset + "}";
  }

  void connected(String answer) {
    Matcher given = SESSION.matcher(answer);
    String fresh = given.find() ? given.group(1) : "";
    recovered = !fresh.isEmpty() && fresh.equals(session);
    session = fresh;
  }

  /** Whether the last connection was said to be recovered. */
  boolean recovered() {
    return recovered;
  }

  /** Keeps the last argument of an event when it is a text. */
  void note(ByteBuffer in, int at, int length) {
    int end = at + length - 2;
    if (session.isEmpty() || in.get(end) != '"') {
      return;
    }
    int start = end - 1;
    while (start > at && end - start < LONGEST_POSITION && in.get(start) != '"') {
      start--;
    }
    byte[] text = new byte[end - start - 1];
    in.get(start + 1, text);
    position = new String(text, StandardCharsets.US_ASCII);
  }
}
