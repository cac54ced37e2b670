package io.realtime.verification.chaos.world;

import io.realtime.verification.chaos.oracle.Device;
import io.realtime.verification.chaos.oracle.Happening;
import io.realtime.verification.harness.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a stock client has seen, in the oracle's words. Pure. */
final class StockDiary {
  private StockDiary() {}

  static Device of(Client client, String user) {
    List<Happening> happenings = new ArrayList<>();
    boolean session = false;
    long endedAt = 0;
    for (Client.Happening happening : client.snapshot()) {
      switch (happening.kind()) {
        case "connect" -> {
          Duration away =
              endedAt == 0 ? Duration.ZERO : Duration.ofNanos(happening.nanos() - endedAt);
          boolean recovered = happening.report().path("recovered").asBoolean(false);
          happenings.add(new Happening.Connected(recovered, session, away));
          session = happening.report().path("session").asBoolean(false);
        }
        case "disconnect" -> {
          endedAt = happening.nanos();
          happenings.add(new Happening.Disconnected());
          String reason = happening.report().path("reason").asString("");
          if (reason.startsWith("io server")) {
            happenings.add(new Happening.Refused(reason));
          }
        }
        case "connect_error" -> {
          // Anything but a refusal by the namespace is the network's fault, and is tried again.
          if (!happening.report().path("data").isNull()) {
            happenings.add(new Happening.Refused(happening.report().toString()));
          }
        }
        default -> Diary.happening(happening.event(), happening.data()).ifPresent(happenings::add);
      }
    }
    return new Device("stock/" + user, user, Device.Role.OWNER, happenings);
  }
}
