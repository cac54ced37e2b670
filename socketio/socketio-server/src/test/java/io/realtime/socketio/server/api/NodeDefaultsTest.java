package io.realtime.socketio.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.socketio.DecodeLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeDefaultsTest {

  @Test
  void options_untouched_areNodes() {
    ServerOptions defaults = ServerOptions.defaults();

    assertThat(defaults.path()).isEqualTo("/socket.io");
    assertThat(defaults.pingInterval()).isEqualTo(Duration.ofSeconds(25));
    assertThat(defaults.pingTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(defaults.upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(defaults.maxPayload()).isEqualTo(1_000_000);
    assertThat(defaults.transports())
        .containsExactly(TransportName.POLLING, TransportName.WEBSOCKET);
    assertThat(defaults.allowUpgrades()).isTrue();
    assertThat(defaults.allowEio3()).isFalse();
    assertThat(defaults.cors()).isEmpty();
    assertThat(DecodeLimits.defaults().maxAttachments()).isEqualTo(10);
  }

  @Test
  void reasons_oneForEachOfNodes_haveItsText() {
    assertThat(
            java.util.stream.Stream.of(
                    DisconnectReason.TRANSPORT_ERROR,
                    DisconnectReason.TRANSPORT_CLOSE,
                    DisconnectReason.FORCED_CLOSE,
                    DisconnectReason.PING_TIMEOUT,
                    DisconnectReason.PARSE_ERROR,
                    DisconnectReason.SERVER_SHUTTING_DOWN,
                    DisconnectReason.FORCED_SERVER_CLOSE,
                    DisconnectReason.CLIENT_NAMESPACE_DISCONNECT,
                    DisconnectReason.SERVER_NAMESPACE_DISCONNECT)
                .map(DisconnectReason::text))
        .containsExactly(
            "transport error",
            "transport close",
            "forced close",
            "ping timeout",
            "parse error",
            "server shutting down",
            "forced server close",
            "client namespace disconnect",
            "server namespace disconnect");
  }
}
