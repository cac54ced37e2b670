package io.realtime.socketio.netty;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly the bytes it is told, and reads answers and frames. */
public final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final Socket socket;
  private final InputStream in;

  /** An answer; the body is as it was framed. */
  public record Answer(int status, Map<String, String> headers, String body) {}

  /** A frame of the server's. */
  public record ServerFrame(int opcode, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public int closeCode() {
      return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }
  }

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  public RawClient get(String target, String... headers) throws IOException {
    return send(request("GET", target, headers));
  }

  /** A request head with a Host. */
  public static String request(String method, String target, String... headers) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** An answer with its body. */
  public Answer answer() throws IOException {
    return answer(true);
  }

  /** An answer; to a HEAD there is no body. */
  public Answer answer(boolean withBody) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    String body = "";
    if (withBody && headers.containsKey("content-length")) {
      int length = Integer.parseInt(headers.get("content-length"));
      body = new String(bytes(length), StandardCharsets.UTF_8);
    } else if (withBody && "chunked".equals(headers.get("transfer-encoding"))) {
      body = chunks();
    }
    return new Answer(status, headers, body);
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(bytes(size));
      line();
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  /** One line without its end. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  public byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server closed the connection");
    }
    return bytes;
  }

  /** Whether the server has ended the connection, by FIN or RST, and sent nothing more. */
  public boolean ended() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Everything up to the end of the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Opens a WebSocket; the answer has been read. */
  public RawClient upgrade(String target) throws IOException {
    sendUpgrade(target);
    Answer answer = answer(false);
    if (answer.status() != 101) {
      throw new IOException("no upgrade but " + answer.status());
    }
    return this;
  }

  public RawClient sendUpgrade(String target, String... more) throws IOException {
    StringBuilder extra = new StringBuilder();
    for (String header : more) {
      extra.append(header).append("\r\n");
    }
    return send(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + extra
            + "\r\n");
  }

  /** A whole masked frame; {@code first} is its first byte. */
  public static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      out.write(0x80 | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i & 3]);
    }
    return out.toByteArray();
  }

  public static byte[] frame(int first, String text) {
    return frame(first, text.getBytes(StandardCharsets.UTF_8));
  }

  public RawClient text(String text) throws IOException {
    return send(frame(0x81, text));
  }

  public ServerFrame serverFrame() throws IOException {
    int first = bytes(1)[0] & 0xFF;
    int length = bytes(1)[0] & 0xFF;
    if (length == 126) {
      byte[] two = bytes(2);
      length = (two[0] & 0xFF) << 8 | (two[1] & 0xFF);
    } else if (length == 127) {
      byte[] eight = bytes(8);
      length = java.nio.ByteBuffer.wrap(eight).getInt(4);
    }
    return new ServerFrame(first & 0x0F, bytes(length));
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
