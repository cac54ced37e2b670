package io.realtime.socketio.netty;

import io.realtime.socketio.netty.http.HttpLimits;
import io.realtime.socketio.netty.tls.TlsOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a listener listens and what bounds its connections.
 *
 * @param host address to bind
 * @param port 0 for one that the system chooses
 * @param maxConnections TCP connections at a time; one more is answered with 503 and closed
 * @param backlog connections that the system keeps for us to accept
 * @param writeLowWater bytes that wait in a connection when it becomes writable again
 * @param writeHighWater bytes that wait in a connection when it stops being writable
 * @param sendBuffer bytes that the system keeps for a connection ({@code SO_SNDBUF}): with {@code
 *     writeHighWater} and the bounds of the outbound queue this is what a client that does not read
 *     can hold; 0 leaves it to the system, which may let it grow to megabytes
 * @param closeDeadline how long a WebSocket's closing handshake may take
 * @param tls empty: plain text
 */
public record ListenerOptions(
    String host,
    int port,
    int maxConnections,
    int backlog,
    int writeLowWater,
    int writeHighWater,
    int sendBuffer,
    Duration closeDeadline,
    HttpLimits http,
    Optional<TlsOptions> tls) {

  public ListenerOptions {
    if (sendBuffer < 0) {
      throw new IllegalArgumentException("sendBuffer: " + sendBuffer + " (expected: 0 or more)");
    }
  }

  public static ListenerOptions defaults() {
    return new ListenerOptions(
        "0.0.0.0",
        0,
        100_000,
        4_096,
        32 * 1024,
        64 * 1024,
        0,
        Duration.ofSeconds(5),
        HttpLimits.defaults(),
        Optional.empty());
  }

  public ListenerOptions withAddress(String newHost, int newPort) {
    return new ListenerOptions(
        newHost,
        newPort,
        maxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        sendBuffer,
        closeDeadline,
        http,
        tls);
  }

  public ListenerOptions withMaxConnections(int newMaxConnections) {
    return new ListenerOptions(
        host,
        port,
        newMaxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        sendBuffer,
        closeDeadline,
        http,
        tls);
  }

  public ListenerOptions withHttp(HttpLimits newHttp) {
    return new ListenerOptions(
        host,
        port,
        maxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        sendBuffer,
        closeDeadline,
        newHttp,
        tls);
  }

  public ListenerOptions withCloseDeadline(Duration newCloseDeadline) {
    return new ListenerOptions(
        host,
        port,
        maxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        sendBuffer,
        newCloseDeadline,
        http,
        tls);
  }

  public ListenerOptions withSendBuffer(int newSendBuffer) {
    return new ListenerOptions(
        host,
        port,
        maxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        newSendBuffer,
        closeDeadline,
        http,
        tls);
  }

  public ListenerOptions withTls(TlsOptions newTls) {
    return new ListenerOptions(
        host,
        port,
        maxConnections,
        backlog,
        writeLowWater,
        writeHighWater,
        sendBuffer,
        closeDeadline,
        http,
        Optional.of(newTls));
  }
}
