package io.realtime.verification.bench.codecs;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The packets that are written and read: an event of a few members, and one with bytes. */
final class Samples {
  /** Bytes of an attachment. */
  static final int ATTACHMENT = 1_024;

  private Samples() {}

  /** About 200 bytes of JSON. */
  static SocketPacket order() {
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    order.put("eventId", "0199b5f2-7a31-7c55-9f3e-2d8f1b6c4e10");
    order.put("orderId", "order-4711");
    order.put("userId", "user-42");
    order.put("status", "shipped \u2192 on its way");
    order.put("total", 129.95);
    order.put("items", List.of(1, 2, 3));
    order.put("timestamp", 1_795_397_399_179L);
    return event("order:updated", order);
  }

  static SocketPacket binary() {
    return event("file", Map.of("name", "receipt.pdf", "body", new byte[ATTACHMENT]));
  }

  private static SocketPacket event(String name, Object payload) {
    return new SocketPacket.Event("/shop", OptionalLong.of(12), List.of(name, payload));
  }
}
