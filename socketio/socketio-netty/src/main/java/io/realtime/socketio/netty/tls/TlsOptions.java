package io.realtime.socketio.netty.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.3 and 1.2 by the JDK's provider, with ALPN for HTTP/1.1 alone. One key for every name that
 * a client asks for, so nothing is kept for names. Immutable; any thread.
 */
public final class TlsOptions {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final ApplicationProtocolConfig HTTP_1_1 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  private final SslContext context;
  private final Duration handshakeTimeout;
  private final int maxClientHelloBytes;

  private TlsOptions(SslContext context, Duration handshakeTimeout, int maxClientHelloBytes) {
    this.context = context;
    this.handshakeTimeout = handshakeTimeout;
    this.maxClientHelloBytes = maxClientHelloBytes;
  }

  private static TlsOptions of(SslContext context) {
    return new TlsOptions(context, Duration.ofSeconds(5), 16 * 1024);
  }

  /**
   * From PEM files.
   *
   * @param chain the server's certificate, then those that signed it
   * @param key the private key, in PKCS #8, without a password
   * @throws IOException when a file cannot be read
   * @throws IllegalArgumentException when a file does not hold what it should
   */
  public static TlsOptions pem(Path chain, Path key) throws IOException {
    try (InputStream certificates = Files.newInputStream(chain);
        InputStream secret = Files.newInputStream(key)) {
      return of(
          SslContextBuilder.forServer(certificates, secret)
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS)
              .applicationProtocolConfig(HTTP_1_1)
              .build());
    }
  }

  /** From a context that has its keys. */
  public static TlsOptions of(SSLContext context) {
    return of(
        new JdkSslContext(
            context,
            false,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            HTTP_1_1,
            ClientAuth.NONE,
            PROTOCOLS,
            false));
  }

  /** How long a handshake may take, 5 s by default; past it the connection is closed. */
  public TlsOptions withHandshakeTimeout(Duration timeout) {
    return new TlsOptions(context, timeout, maxClientHelloBytes);
  }

  /** What a client may send before our first answer, 16 KB by default. */
  public TlsOptions withMaxClientHelloBytes(int bytes) {
    return new TlsOptions(context, handshakeTimeout, bytes);
  }

  /** Puts TLS in front of what {@code channel}'s pipeline gets next. On its loop. */
  public void secure(Channel channel) {
    SslHandler handler = context.newHandler(channel.alloc());
    handler.setHandshakeTimeout(handshakeTimeout.toNanos(), TimeUnit.NANOSECONDS);
    channel.pipeline().addLast(new ClientHelloLimit(maxClientHelloBytes), handler);
  }
}
