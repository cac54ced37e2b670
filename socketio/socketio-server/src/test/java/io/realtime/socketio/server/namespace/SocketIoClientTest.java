package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import org.junit.jupiter.api.Test;

class SocketIoClientTest {
  private final Scene scene = Scene.create();

  @Test
  void open_connectToMainNamespace_isAnsweredWithAnIdOfItsOwn() {
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40");

    assertThat(client.take()).singleElement().asString().matches("40\\{\"sid\":\"[\\w-]{20}\"}");
  }
}
