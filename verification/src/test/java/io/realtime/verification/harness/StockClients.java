package io.realtime.verification.harness;

import io.realtime.verification.architecture.Repository;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A Node process with the stock JavaScript clients of every generation. */
public final class StockClients implements AutoCloseable {
  private final NodeProcess node =
      new NodeProcess(
          Repository.find().root().resolve("verification/target/js"), report -> {}, "stock.mjs");

  /**
   * Has one client go through the whole conversation; what it has seen.
   *
   * @param version 2, 3 or 4
   * @param withMsgpack whether it speaks with socket.io-msgpack-parser
   */
  public JsonNode run(int version, String url, List<String> transports, boolean withMsgpack) {
    return node.call(
        "run",
        Map.of(
            "version", version, "url", url, "transports", transports, "withMsgpack", withMsgpack));
  }

  @Override
  public void close() {
    node.close();
  }
}
