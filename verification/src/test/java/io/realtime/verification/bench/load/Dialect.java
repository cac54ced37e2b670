package io.realtime.verification.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How a server's clients speak once the WebSocket is open. Pure. */
public enum Dialect {
  SOCKET_IO("/socket.io/?EIO=4&transport=websocket&user=") {
    @Override
    void onText(Client client, ByteBuffer in, int at, int length) {
      switch (in.get(at)) {
        case '0' -> client.send("40");
        case '2' -> client.send("3");
        case '4' -> onMessage(client, in, at, length);
        default -> client.fail("a packet of type " + (char) in.get(at));
      }
    }
  },

  /** The notification service: clients come back with the session and position that they had. */
  NOTIFICATIONS("/socket.io/?EIO=4&transport=websocket&userId=") {
    @Override
    void onText(Client client, ByteBuffer in, int at, int length) {
      switch (in.get(at)) {
        case '0' -> client.send("40" + client.memory().handshake());
        case '2' -> client.send("3");
        case '4' -> onPacket(client, in, at, length);
        default -> client.fail("a packet of type " + (char) in.get(at));
      }
    }

    private void onPacket(Client client, ByteBuffer in, int at, int length) {
      if (startsWith(in, at, length, ORDER)) {
        client.memory().note(in, at, length);
        client.onEvent(in, at, length);
      } else if (startsWith(in, at, length, SUCCESS)) {
        client.memory().note(in, at, length);
        client.onReady();
      } else if (startsWith(in, at, length, CONNECT)) {
        client.memory().connected(text(in, at, length));
      } else {
        client.fail("a message that is not known: " + text(in, at, length));
      }
    }

    private static String text(ByteBuffer in, int at, int length) {
      byte[] bytes = new byte[length];
      in.get(at, bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  },

  /** Frames like those of Socket.IO, without anything that an answer would be owed to. */
  RAW("/?user=") {
    @Override
    void onText(Client client, ByteBuffer in, int at, int length) {
      onMessage(client, in, at, length);
    }
  },

  /** JSON, one message a line, several in a frame. */
  CENTRIFUGE("/connection/websocket?user=") {
    @Override
    void onOpen(Client client) {
      client.send("{\"id\":1,\"connect\":{}}");
    }

    @Override
    void onText(Client client, ByteBuffer in, int at, int length) {
      int start = at;
      for (int i = at; i < at + length; i++) {
        if (in.get(i) == '\n') {
          onLine(client, in, start, i - start);
          start = i + 1;
        }
      }
      onLine(client, in, start, at + length - start);
    }

    private void onLine(Client client, ByteBuffer in, int at, int length) {
      if (length == 2) {
        client.send("{}");
      } else if (startsWith(in, at, length, PUSH)) {
        client.onEvent(in, at, length);
      } else if (startsWith(in, at, length, CONNECTED)) {
        client.onReady();
      } else if (length > 0) {
        client.fail("a reply that is not known");
      }
    }
  };

  private static final byte[] READY = ascii("42[\"ready\"");
  private static final byte[] EVENT = ascii("42[\"order\"");
  private static final byte[] ORDER = ascii("42[\"order:");
  private static final byte[] SUCCESS = ascii("42[\"connection:success\"");
  private static final byte[] CONNECT = ascii("40");
  private static final byte[] PUSH = ascii("{\"push\"");
  private static final byte[] CONNECTED = ascii("{\"id\":1,\"connect\"");

  private final String path;

  Dialect(String path) {
    this.path = path;
  }

  String path(int user) {
    return path + user;
  }

  void onOpen(Client client) {}

  /** A whole text frame, at {@code at} of {@code in}. */
  abstract void onText(Client client, ByteBuffer in, int at, int length);

  private static void onMessage(Client client, ByteBuffer in, int at, int length) {
    if (startsWith(in, at, length, EVENT)) {
      client.onEvent(in, at, length);
    } else if (startsWith(in, at, length, READY)) {
      client.onReady();
    } else if (!startsWith(in, at, length, CONNECT)) {
      client.fail("a message that is not known");
    }
  }

  private static boolean startsWith(ByteBuffer in, int at, int length, byte[] prefix) {
    if (length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (in.get(at + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
