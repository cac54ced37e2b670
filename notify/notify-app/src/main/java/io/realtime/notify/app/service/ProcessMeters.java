package io.realtime.notify.app.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.app.logging.Logging;
import io.realtime.socketio.netty.NettySocketIoServer;
import java.util.function.ToDoubleFunction;

/** Counts of what goes wrong in the process itself. */
final class ProcessMeters {
  private ProcessMeters() {}

  static void register(MeterRegistry meters, NettySocketIoServer server) {
    FunctionCounter.builder("realtime.loop.stalls", server, NettySocketIoServer::loopStalls)
        .description("event loops that did not answer for 1 s")
        .register(meters);
    lostLines(meters, "overflow", any -> Logging.overflowed());
    lostLines(meters, "unwritable", any -> Logging.unwritable());
  }

  private static void lostLines(
      MeterRegistry meters, String reason, ToDoubleFunction<MeterRegistry> count) {
    FunctionCounter.builder("realtime.log.lost", meters, count)
        .description("log lines that were dropped")
        .tag("reason", reason)
        .register(meters);
  }
}
