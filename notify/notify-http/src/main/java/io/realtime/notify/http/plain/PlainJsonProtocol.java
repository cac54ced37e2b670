package io.realtime.notify.http.plain;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.ReservedEvents;
import io.realtime.socketio.server.api.PlainProtocol;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Frames {@code {"event": "...", "data": ..., "id": ...}} in both directions.
 *
 * <ul>
 *   <li>An event: {@code data} is the first argument, {@code null} without one. A text behind it
 *       (the position of a personal event) is {@code id}; further arguments are not sent.
 *   <li>A client's event may carry an {@code id}, a text or an integer; its answer is {@code
 *       {"event": "ack", "data": ..., "id": ...}} with the same id, of the same type.
 *   <li>A refusal: {@code {"event": "connect_error", "data": {"message": "...", "data": {...}}}},
 *       with {@code data} inside only when there is any, like the error of the stock client.
 * </ul>
 *
 * <p>A client's frame holds these three members and no other; all but {@code event} may be missing.
 */
public final class PlainJsonProtocol implements PlainProtocol {
  /** Characters of an event's name. */
  public static final int MAX_EVENT_LENGTH = 256;

  /** Characters of an id. */
  public static final int MAX_ID_LENGTH = 128;

  private static final String EVENT = "event";
  private static final String DATA = "data";
  private static final String ID = "id";
  private static final String ACK = "ack";
  private static final String REFUSAL = "connect_error";

  private final JsonFrames frames;

  /**
   * @param limits of one frame; attachments and namespaces do not exist here
   */
  public PlainJsonProtocol(DecodeLimits limits) {
    this.frames = new JsonFrames(limits);
  }

  @Override
  public String name() {
    return "plain-json";
  }

  @Override
  public byte[] encode(List<@Nullable Object> event) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put(EVENT, event.getFirst());
    frame.put(DATA, event.size() > 1 ? event.get(1) : null);
    if (event.size() > 2 && event.get(2) instanceof String position) {
      frame.put(ID, position);
    }
    return frames.write(frame);
  }

  @Override
  public byte[] encodeAck(String ackId, List<@Nullable Object> arguments) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put(EVENT, ACK);
    frame.put(DATA, arguments.isEmpty() ? null : arguments.getFirst());
    frame.put(ID, AckId.value(ackId));
    return frames.write(frame);
  }

  @Override
  public byte[] encodeRefusal(String message, Map<String, @Nullable Object> payload) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    if (!payload.isEmpty()) {
      error.put(DATA, payload);
    }
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put(EVENT, REFUSAL);
    frame.put(DATA, error);
    return frames.write(frame);
  }

  @Override
  public Decoded decode(String frame) {
    if (!(frames.read(frame) instanceof Map<?, ?> members)) {
      throw new MalformedPacketException("frame: not a JSON object (expected: event, data, id)");
    }
    for (Object name : members.keySet()) {
      if (!name.equals(EVENT) && !name.equals(DATA) && !name.equals(ID)) {
        throw new MalformedPacketException("frame: unknown member (expected: event, data, id)");
      }
    }
    Object data = members.get(DATA);
    return new Decoded(
        event(members.get(EVENT)),
        data == null ? List.of() : List.of(data),
        AckId.of(members.get(ID)));
  }

  private static String event(@Nullable Object value) {
    if (!(value instanceof String name) || name.isEmpty()) {
      throw new MalformedPacketException("event: missing (expected: a text)");
    }
    if (name.length() > MAX_EVENT_LENGTH) {
      throw new MalformedPacketException(
          "event: too long (expected: at most " + MAX_EVENT_LENGTH + " characters)");
    }
    if (ReservedEvents.contains(name)) {
      throw new MalformedPacketException("event: reserved");
    }
    return name;
  }

  /** An id with its type: {@code t} and the text, or {@code n} and the digits. */
  private static final class AckId {
    private AckId() {}

    static Optional<String> of(@Nullable Object id) {
      String text =
          switch (id) {
            case null -> "";
            case String string -> "t" + string;
            case Integer _, Long _, BigInteger _ -> "n" + id;
            default -> throw wrong();
          };
      if (text.length() > MAX_ID_LENGTH + 1) {
        throw wrong();
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static Object value(String ackId) {
      String text = ackId.substring(1);
      return ackId.charAt(0) == 'n' ? new BigInteger(text) : text;
    }

    private static MalformedPacketException wrong() {
      return new MalformedPacketException(
          "id: wrong (expected: an integer or a text of at most " + MAX_ID_LENGTH + " characters)");
    }
  }
}
