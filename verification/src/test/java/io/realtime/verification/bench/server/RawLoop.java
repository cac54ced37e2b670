package io.realtime.verification.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/** The open WebSockets of one loop. On the loop only, but for the executor. */
final class RawLoop {
  private final EventExecutor executor;
  private final List<Member> members = new ArrayList<>();

  RawLoop(EventExecutor executor) {
    this.executor = executor;
  }

  private record Member(int user, Channel channel) {}

  EventExecutor executor() {
    return executor;
  }

  void add(int user, Channel channel) {
    members.add(new Member(user, channel));
  }

  void remove(Channel channel) {
    members.removeIf(member -> member.channel().equals(channel));
  }

  void sendToAll(ByteBuf frame) {
    sendToUsers(0, Integer.MAX_VALUE, frame);
  }

  void sendToUsers(int from, int to, ByteBuf frame) {
    for (Member member : members) {
      if (member.user() >= from && member.user() < to) {
        Channel channel = member.channel();
        var _ = channel.writeAndFlush(frame.retainedDuplicate(), channel.voidPromise());
      }
    }
    frame.release();
  }
}
