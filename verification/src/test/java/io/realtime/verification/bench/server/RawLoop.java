package io.realtime.verification.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** The open WebSockets of one loop. On the loop only, but for the executor. */
final class RawLoop {
  private final EventExecutor executor;
  private final ConcurrentMap<Integer, RawMember> users;
  private final List<RawMember> members = new ArrayList<>();

  /**
   * @param users of all loops, by their numbers
   */
  RawLoop(EventExecutor executor, ConcurrentMap<Integer, RawMember> users) {
    this.executor = executor;
    this.users = users;
  }

  EventExecutor executor() {
    return executor;
  }

  void add(int user, Channel channel) {
    RawMember member = new RawMember(user, channel, this);
    members.add(member);
    users.put(user, member);
  }

  void remove(Channel channel) {
    members.removeIf(
        member -> {
          boolean gone = member.channel().equals(channel);
          if (gone) {
            users.remove(member.user(), member);
          }
          return gone;
        });
  }

  void sendToAll(RawEvent event) {
    ByteBuf frame = event.frame(UnpooledByteBufAllocator.DEFAULT, 0);
    for (RawMember member : members) {
      send(member, frame.retainedDuplicate());
    }
    frame.release();
  }

  /** To members of this loop. */
  static void send(List<RawMember> batch, RawEvent event) {
    for (RawMember member : batch) {
      send(member, event.frame(member.channel().alloc(), member.user()));
    }
  }

  private static void send(RawMember member, ByteBuf frame) {
    Channel channel = member.channel();
    var _ = channel.writeAndFlush(frame, channel.voidPromise());
  }
}
