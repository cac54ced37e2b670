package io.realtime.verification.chaos.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A TCP proxy on loopback that can break its connections: cut them with a reset, or keep them open
 * and let nothing through, in either direction, as a vanished peer would. Any thread may call.
 */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int targetPort;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile Way way = Way.OPEN;

  /** What becomes of a connection that is new. */
  private enum Way {
    OPEN,
    REFUSED,
    SWALLOWED
  }

  public FaultProxy(int targetPort) throws IOException {
    this.targetPort = targetPort;
    listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    Thread.ofPlatform().daemon().name("fault-proxy").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Resets this share of all connections, chosen by {@code random}; how many that were. */
  public int cut(double share, Random random) {
    List<Link> chosen = choose(share, random);
    chosen.forEach(Link::reset);
    return chosen.size();
  }

  /** Lets nothing through on this share of all connections until they are closed or healed. */
  public int blackHole(double share, Random random) {
    List<Link> chosen = choose(share, random);
    chosen.forEach(link -> link.hole = true);
    return chosen.size();
  }

  /** Resets all connections, and every new one until this is healed. */
  public void refuse() {
    way = Way.REFUSED;
    links.forEach(Link::reset);
  }

  /**
   * Lets nothing through on any connection, new ones included, until this is healed; not even that
   * an end has gone.
   */
  public void swallow() {
    way = Way.SWALLOWED;
    links.forEach(link -> link.hole = true);
  }

  /** Ends what is in a black hole, as a peer that is back would, and lets new connections pass. */
  public void heal() {
    way = Way.OPEN;
    links.stream().filter(link -> link.hole).forEach(Link::reset);
  }

  private List<Link> choose(double share, Random random) {
    List<Link> all = new ArrayList<>(links);
    Collections.shuffle(all, random);
    return all.subList(0, (int) Math.ceil(all.size() * share));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed, which the loop sees.
      }
    }
  }

  private void connect(Socket client) {
    try {
      if (way == Way.REFUSED) {
        reset(client);
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Link link = new Link(client, server);
      links.add(link);
      // The way may have changed since it was looked at.
      if (way == Way.REFUSED) {
        link.reset();
      } else if (way == Way.SWALLOWED) {
        link.hole = true;
      }
      Thread.ofVirtual().start(() -> link.pump(server, client));
      link.pump(client, server);
    } catch (IOException e) {
      reset(client);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // Nobody can connect any more, which was wanted.
    }
    links.forEach(Link::reset);
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private final CountDownLatch broken = new CountDownLatch(1);
    private volatile boolean hole;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Socket from, Socket to) {
      try (from;
          to) {
        copy(from, to);
        if (hole && way == Way.SWALLOWED) {
          broken.await();
        }
      } catch (IOException e) {
        // One end is gone; so is the other, now.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        links.remove(this);
      }
    }

    private void copy(Socket from, Socket to) throws IOException, InterruptedException {
      byte[] buffer = new byte[16 * 1024];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (hole) {
          broken.await();
          return;
        }
        out.write(buffer, 0, read);
      }
    }

    void reset() {
      FaultProxy.reset(client);
      FaultProxy.reset(server);
      broken.countDown();
      links.remove(this);
    }
  }
}
