package io.realtime.verification.bench.server;

import io.netty.channel.Channel;

/** An open WebSocket: whose it is, and the loop that it belongs to. */
record RawMember(int user, Channel channel, RawLoop loop) {}
