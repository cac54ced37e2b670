package io.realtime.verification.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
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

  void sendToAll(RawEvent event) {
    ByteBuf frame = event.frame(UnpooledByteBufAllocator.DEFAULT, 0);
    for (Member member : members) {
      send(member, frame.retainedDuplicate());
    }
    frame.release();
  }

  void sendToUsers(int from, int to, RawEvent event) {
    for (Member member : members) {
      if (member.user() >= from && member.user() < to) {
        send(member, event.frame(member.channel().alloc(), member.user()));
      }
    }
  }

  private static void send(Member member, ByteBuf frame) {
    Channel channel = member.channel();
    var _ = channel.writeAndFlush(frame, channel.voidPromise());
  }
}
