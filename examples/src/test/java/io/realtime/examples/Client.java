package io.realtime.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that speaks in packets: what a test says and hears is what stands on the wire. */
final class Client implements AutoCloseable {
  private static final String ENDED = "(ended)";

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  Client(int port) {
    socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://localhost:" + port + "/socket.io/?EIO=4&transport=websocket"),
                new Ears())
            .join();
    assertThat(hear()).startsWith("0{");
  }

  /** Connects to the main namespace; gives the answer. */
  static Client connected(int port) {
    Client client = new Client(port);
    client.say("40");
    assertThat(client.hear()).startsWith("40{");
    return client;
  }

  void say(String packet) {
    socket.sendText(packet, true).join();
  }

  void say(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The next packet; bytes as {@code <hex>}. */
  String hear() {
    try {
      String packet = heard.poll(10, TimeUnit.SECONDS);
      return packet == null ? "(silence)" : packet;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void hears(String... packets) {
    for (String packet : packets) {
      assertThat(hear()).isEqualTo(packet);
    }
  }

  void hearsTheEnd() {
    assertThat(hear()).isEqualTo(ENDED);
  }

  /** The connection breaks. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      heard.add("<" + HexFormat.of().formatHex(bytes) + ">");
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add(ENDED);
      return null;
    }
  }
}
