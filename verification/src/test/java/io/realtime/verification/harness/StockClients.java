package io.realtime.verification.harness;

import io.realtime.verification.architecture.Repository;
import java.time.Duration;
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

  /**
   * Has one client of version 4 count the numbers that a server streams once it is told {@code
   * start}, through a way that is cut; what it has seen.
   *
   * @param cuts the numbers that the way is cut at
   * @param away how long it stays closed then
   * @param last the number that ends it
   */
  public JsonNode follow(
      int port, List<String> transports, List<Integer> cuts, Duration away, int last) {
    return node.call(
        "follow",
        Map.of(
            "port",
            port,
            "transports",
            transports,
            "cuts",
            cuts,
            "away",
            away.toMillis(),
            "last",
            last));
  }

  @Override
  public void close() {
    node.close();
  }
}
