package io.realtime.notify.http.stream;

import io.realtime.notify.http.plain.JsonFrames;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.PlainProtocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: the name, the first argument as JSON, and as {@code id} the position that may
 * stand behind it, which the client returns as {@code Last-Event-ID}. A refusal is the event {@code
 * connect_error}, after which a browser that is not told to stop takes its time. Nothing is ever
 * read.
 */
public final class EventStreamProtocol implements PlainProtocol {
  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\r|\\n");

  private static final byte[] COME_BACK_LATER = "retry: 5000\n".getBytes(StandardCharsets.UTF_8);

  private final JsonFrames frames;

  /**
   * @param frames writes the data
   */
  public EventStreamProtocol(JsonFrames frames) {
    this.frames = frames;
  }

  @Override
  public String name() {
    return "event-stream";
  }

  @Override
  public byte[] encode(List<@Nullable Object> event) {
    StringBuilder text = new StringBuilder(256);
    text.append("event: ").append(oneLine(String.valueOf(event.getFirst()))).append('\n');
    if (event.size() > 2 && event.get(2) instanceof String position) {
      text.append("id: ").append(oneLine(position)).append('\n');
    }
    String data = frames.text(event.size() > 1 ? event.get(1) : null);
    for (String line : LINE_BREAK.split(data, -1)) {
      text.append("data: ").append(line).append('\n');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String text) {
    return LINE_BREAK.matcher(text).replaceAll(" ");
  }

  @Override
  public byte[] encodeAck(String ackId, List<@Nullable Object> arguments) {
    throw new UnsupportedOperationException("ack: nothing is asked (expected: no call)");
  }

  @Override
  public byte[] encodeRefusal(String message, Map<String, @Nullable Object> payload) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    if (!payload.isEmpty()) {
      error.put("data", payload);
    }
    byte[] event = encode(List.of("connect_error", error));
    byte[] refusal = Arrays.copyOf(COME_BACK_LATER, COME_BACK_LATER.length + event.length);
    System.arraycopy(event, 0, refusal, COME_BACK_LATER.length, event.length);
    return refusal;
  }

  @Override
  public Decoded decode(String frame) throws MalformedPacketException {
    throw new MalformedPacketException("frame: sent to an event stream (expected: nothing)");
  }
}
