package io.realtime.socketio.netty.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;

/**
 * The transport of an event loop, with tasks that run behind its next turn. Netty runs the loop's
 * own tasks until none is left, and those that they hand in as well, before it serves the transport
 * again. On the loop only, but for {@link #wakeup}.
 */
final class TurningIoHandler implements IoHandler {
  private final IoHandler transport;
  private List<Runnable> waiting = new ArrayList<>();
  private List<Runnable> spare = new ArrayList<>();
  private long turns;

  TurningIoHandler(IoHandler transport) {
    this.transport = transport;
  }

  void nextTurn(Runnable task) {
    waiting.add(task);
  }

  long turns() {
    return turns;
  }

  @Override
  public int run(IoHandlerContext context) {
    turns++;
    List<Runnable> tasks = waiting;
    int handled = transport.run(tasks.isEmpty() ? context : new Unblocking(context));
    if (!tasks.isEmpty()) {
      waiting = spare;
      tasks.forEach(Runnable::run);
      tasks.clear();
      spare = tasks;
    }
    return handled;
  }

  /** Does not wait for the network: there is something to do. */
  private record Unblocking(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return context.delayNanos(currentTimeNanos);
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      context.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }
  }

  @Override
  public void initialize() {
    transport.initialize();
  }

  @Override
  public void prepareToDestroy() {
    transport.prepareToDestroy();
  }

  @Override
  public void destroy() {
    transport.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return transport.register(handle);
  }

  @Override
  public void wakeup() {
    transport.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return transport.isCompatible(handleType);
  }
}
