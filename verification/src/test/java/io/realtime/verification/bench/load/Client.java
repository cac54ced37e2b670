package io.realtime.verification.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One client: a WebSocket and the events that it got. On the crowd's thread only. */
final class Client {
  private static final int SMALL = 126;
  private static final int LARGE = 127;
  private static final byte[] TS = "\"ts\":".getBytes(StandardCharsets.US_ASCII);

  private final Crowd crowd;
  private final SocketChannel channel;
  private final Dialect dialect;
  private final int user;

  /** What came of a frame, or of the answer to the upgrade, that is not whole yet. */
  private byte @Nullable [] rest;

  private boolean open;
  private boolean ready;
  private long events;

  Client(Crowd crowd, SocketChannel channel, Dialect dialect, int user) {
    this.crowd = crowd;
    this.channel = channel;
    this.dialect = dialect;
    this.user = user;
  }

  long events() {
    return events;
  }

  Memory memory() {
    return crowd.memory(user);
  }

  boolean ready() {
    return ready;
  }

  void onConnected() throws IOException {
    channel.finishConnect();
    String request =
        "GET "
            + dialect.path(user)
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Reads once; {@code in} is the crowd's buffer, for this call. */
  void onReadable(ByteBuffer in) throws IOException {
    in.clear();
    if (rest != null) {
      in.put(rest);
      rest = null;
    }
    if (channel.read(in) < 0) {
      fail("the end of the connection");
      return;
    }
    in.flip();
    if (open || takeAnswer(in)) {
      takeFrames(in);
    }
    if (in.hasRemaining()) {
      rest = new byte[in.remaining()];
      in.get(rest);
    }
  }

  private boolean takeAnswer(ByteBuffer in) {
    for (int i = in.position(); i + 3 < in.limit(); i++) {
      if (in.getInt(i) == 0x0D0A0D0A) {
        if (in.get(9) != '1' || in.get(10) != '0' || in.get(11) != '1') {
          fail("a refusal of the upgrade");
          return false;
        }
        in.position(i + 4);
        open = true;
        dialect.onOpen(this);
        return true;
      }
    }
    return false;
  }

  private void takeFrames(ByteBuffer in) {
    while (in.remaining() >= 2) {
      int at = in.position();
      int length = in.get(at + 1);
      int header = 2;
      if (length == SMALL) {
        header = 4;
        if (in.remaining() < header) {
          return;
        }
        length = in.getShort(at + 2) & 0xFFFF;
      } else if (length == LARGE || length < 0) {
        fail("a frame that is too large, or masked");
        return;
      }
      if (in.remaining() < header + length) {
        return;
      }
      in.position(at + header + length);
      onFrame(in, in.get(at) & 0xFF, at + header, length);
    }
  }

  private void onFrame(ByteBuffer in, int head, int at, int length) {
    if (head == 0x81) {
      dialect.onText(this, in, at, length);
    } else if (head != 0x89) {
      fail("a frame of kind " + Integer.toHexString(head));
    }
  }

  void onReady() {
    if (!ready) {
      ready = true;
      crowd.onReady();
    }
  }

  void onEvent(ByteBuffer in, int at, int length) {
    events++;
    crowd.onEvent();
    if (crowd.timing()) {
      crowd.onStamp(stamp(in, at, length));
    }
  }

  private long stamp(ByteBuffer in, int at, int length) {
    int end = at + length;
    for (int i = at; i + TS.length < end; i++) {
      if (isStamp(in, i)) {
        long value = 0;
        for (int j = i + TS.length; in.get(j) >= '0' && in.get(j) <= '9'; j++) {
          value = value * 10 + (in.get(j) - '0');
        }
        return value;
      }
    }
    fail("an event without a time");
    return 0;
  }

  private static boolean isStamp(ByteBuffer in, int at) {
    for (int i = 0; i < TS.length; i++) {
      if (in.get(at + i) != TS[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sends a text of less than 64 KiB, masked with zeros. */
  void send(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) 0x81);
    if (payload.length < SMALL) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | SMALL)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload).flip();
    try {
      write(frame);
    } catch (IOException failure) {
      fail(String.valueOf(failure.getMessage()));
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    if (channel.write(bytes) != length) {
      throw new IOException("the server does not read");
    }
  }

  void fail(String what) {
    crowd.fail("client " + user + " met " + what);
    close();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      crowd.fail("client " + user + " did not close");
    }
  }
}
