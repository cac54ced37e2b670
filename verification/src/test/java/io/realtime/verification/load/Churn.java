package io.realtime.verification.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients that come and go, in every way in which one can. */
final class Churn {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

  private final int port;

  private Churn(int port) {
    this.port = port;
  }

  /** {@code total} sessions, {@code atOnce} of them at a time. */
  static String run(int port, int total, int atOnce) throws Exception {
    Churn churn = new Churn(port);
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        workers.add(
            threads.submit(
                () -> {
                  churn.work(next, total);
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    return "done=" + total;
  }

  /** One of those at a time; polling clients that end well share its TCP connection. */
  private void work(AtomicInteger next, int total) throws IOException {
    try (Connection shared = new Connection(port)) {
      for (int number = next.getAndIncrement(); number < total; number = next.getAndIncrement()) {
        switch (number % 7) {
          case 0 -> webSocket(true, true);
          case 1 -> webSocket(true, false);
          case 2 -> webSocket(false, false);
          case 3, 4 -> shared.pollAndClose();
          default -> {
            try (Connection own = new Connection(port)) {
              own.pollAndVanish(number % 7 == 5);
            }
          }
        }
      }
    }
  }

  private void webSocket(boolean joins, boolean closes) throws IOException {
    try (Connection connection = new Connection(port)) {
      connection.upgrade();
      if (joins) {
        connection.frame(0x81, "40");
        connection.readFrame();
      }
      if (closes) {
        connection.frame(0x88, "");
        connection.readFrame();
      } else {
        connection.socket.setSoLinger(true, 0); // a reset
      }
    }
  }

  /** One TCP connection, blocking. */
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in = new BufferedInputStream(socket.getInputStream(), 1_024);
    }

    void upgrade() throws IOException {
      send(UPGRADE);
      readHead();
      readFrame();
    }

    void pollAndClose() throws IOException {
      String session = open();
      post(session, "1");
    }

    /** Goes away while a poll waits, or before the server has read it: a reset throws that away. */
    void pollAndVanish(boolean whileItWaits) throws IOException {
      String session = open();
      send("GET " + session + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      if (whileItWaits) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      socket.setSoLinger(true, 0);
    }

    private String open() throws IOException {
      String body = get(POLLING);
      int at = body.indexOf("\"sid\":\"") + 7;
      String session = POLLING + "&sid=" + body.substring(at, at + 20);
      post(session, "40");
      get(session);
      return session;
    }

    private String get(String target) throws IOException {
      send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      return readBody();
    }

    private void post(String target, String body) throws IOException {
      send(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      readBody();
    }

    private void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void frame(int first, String text) throws IOException {
      byte[] frame = new byte[6 + text.length()];
      frame[0] = (byte) first;
      frame[1] = (byte) (0x80 | text.length());
      System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, frame, 6, text.length());
      socket.getOutputStream().write(frame);
    }

    void readFrame() throws IOException {
      int length = bytes(2)[1] & 0x7F;
      bytes(length == 126 ? (bytes(1)[0] & 0xFF) << 8 | (bytes(1)[0] & 0xFF) : length);
    }

    private String readBody() throws IOException {
      int length = 0;
      for (String line : readHead()) {
        if (line.regionMatches(true, 0, "content-length: ", 0, 16)) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private List<String> readHead() throws IOException {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      while (true) {
        int b = bytes(1)[0];
        if (b == '\n' && line.isEmpty()) {
          return lines;
        } else if (b == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else if (b != '\r') {
          line.append((char) b);
        }
      }
    }

    private byte[] bytes(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException("the server closed the connection");
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
