package io.realtime.socketio.netty.loop;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** A kind of event loop, in order of preference. */
public enum NativeTransport {
  /** Linux 5.14 and later, where the container's policy allows its system calls. */
  IO_URING("io_uring", IoUringServerSocketChannel.class) {
    @Override
    public boolean available() {
      return IoUring.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory(
          new IoUringIoHandlerConfig().setRingSize(RING_SIZE).setCqSize(COMPLETION_QUEUE_SIZE));
    }
  },
  EPOLL("epoll", EpollServerSocketChannel.class) {
    @Override
    public boolean available() {
      return Epoll.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },
  NIO("nio", NioServerSocketChannel.class) {
    @Override
    public boolean available() {
      return true;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  private static final int RING_SIZE = 4096;

  /** A broadcast completes thousands of writes in one turn: a smaller queue overflows. */
  private static final int COMPLETION_QUEUE_SIZE = 32_768;

  private final String wireName;
  private final Class<? extends ServerChannel> serverChannel;

  NativeTransport(String wireName, Class<? extends ServerChannel> serverChannel) {
    this.wireName = wireName;
    this.serverChannel = serverChannel;
  }

  /** Whether this machine offers it. A loop may still fail to start (locked memory, policy). */
  public abstract boolean available();

  abstract IoHandlerFactory handlers();

  public String wireName() {
    return wireName;
  }

  public Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }
}
