package io.realtime.socketio.server.api;

import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.server.http.MessageDeflate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the server behaves; the defaults are Node's. Immutable; any thread. */
public final class ServerOptions {
  private static final ServerOptions DEFAULTS = new Builder().build();

  private final String path;
  private final Duration pingInterval;
  private final Duration pingTimeout;
  private final Duration upgradeTimeout;
  private final Duration connectTimeout;
  private final int maxPayload;
  private final List<TransportName> transports;
  private final boolean allowUpgrades;
  private final boolean allowEio3;
  private final PacketParser parser;
  private final DecodeLimits limits;
  private final OutboundLimits outbound;
  private final Optional<CorsPolicy> cors;
  private final Optional<SessionCookie> cookie;
  private final Optional<HttpCompression> httpCompression;
  private final Optional<MessageDeflate> perMessageDeflate;
  private final boolean serveClient;
  private final HoldLimits hold;
  private final DynamicNamespaces dynamicNamespaces;
  private final Optional<ConnectionStateRecovery> recovery;

  private ServerOptions(Builder builder) {
    this.path = builder.path;
    this.pingInterval = builder.pingInterval;
    this.pingTimeout = builder.pingTimeout;
    this.upgradeTimeout = builder.upgradeTimeout;
    this.connectTimeout = builder.connectTimeout;
    this.maxPayload = builder.maxPayload;
    this.transports = builder.transports;
    this.allowUpgrades = builder.allowUpgrades;
    this.allowEio3 = builder.allowEio3;
    this.parser = builder.parser;
    this.limits = builder.limits;
    this.outbound = builder.outbound;
    this.cors = builder.cors;
    this.cookie = builder.cookie;
    this.httpCompression = builder.httpCompression;
    this.perMessageDeflate = builder.perMessageDeflate;
    this.serveClient = builder.serveClient;
    this.hold = builder.hold;
    this.dynamicNamespaces = builder.dynamicNamespaces;
    this.recovery = builder.recovery;
  }

  public static ServerOptions defaults() {
    return DEFAULTS;
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where Engine.IO answers, without a trailing slash. */
  public String path() {
    return path;
  }

  public Duration pingInterval() {
    return pingInterval;
  }

  public Duration pingTimeout() {
    return pingTimeout;
  }

  public Duration upgradeTimeout() {
    return upgradeTimeout;
  }

  /** How long a connection may be without a namespace. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Bytes of one message or one polling payload, and of all attachments of one packet. */
  public int maxPayload() {
    return maxPayload;
  }

  public List<TransportName> transports() {
    return transports;
  }

  public boolean allowUpgrades() {
    return allowUpgrades;
  }

  /** Whether clients of Engine.IO revision 3 (Socket.IO 2) are served. */
  public boolean allowEio3() {
    return allowEio3;
  }

  /** How Socket.IO packets are written; all clients must use the same. */
  public PacketParser parser() {
    return parser;
  }

  /** Of one Socket.IO packet. */
  public DecodeLimits limits() {
    return limits;
  }

  /** Bounds of one connection's outbound queue. */
  public OutboundLimits outbound() {
    return outbound;
  }

  /** Absent: no CORS headers. */
  public Optional<CorsPolicy> cors() {
    return cors;
  }

  /** Set by the answer to a polling handshake; absent by default. */
  public Optional<SessionCookie> cookie() {
    return cookie;
  }

  /** Of polling answers; on by default. */
  public Optional<HttpCompression> httpCompression() {
    return httpCompression;
  }

  /** Of WebSocket messages; off by default. */
  public Optional<MessageDeflate> perMessageDeflate() {
    return perMessageDeflate;
  }

  /**
   * Whether the stock browser client is served below {@link #path}, as {@code socket.io.js} and so
   * on; on by default. Its files are on the class path with {@code socketio-netty}, unless an
   * application has excluded the artifact {@code socketio-client-bundle}.
   */
  public boolean serveClient() {
    return serveClient;
  }

  /** Bounds of requests that wait for an admission or a middleware. */
  public HoldLimits hold() {
    return hold;
  }

  /** Bounds of the namespaces that clients have made. */
  public DynamicNamespaces dynamicNamespaces() {
    return dynamicNamespaces;
  }

  /** How clients take up a session that lost its connection; absent by default. */
  public Optional<ConnectionStateRecovery> connectionStateRecovery() {
    return recovery;
  }

  /** How options are put together; what each means is said where it is read. */
  public static final class Builder {
    private String path = "/socket.io";
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(45);
    private int maxPayload = 1_000_000;
    private List<TransportName> transports =
        List.of(TransportName.POLLING, TransportName.WEBSOCKET);
    private boolean allowUpgrades = true;
    private boolean allowEio3;
    private PacketParser parser = new JsonPacketParser();
    private DecodeLimits limits = DecodeLimits.defaults();
    private OutboundLimits outbound = OutboundLimits.defaults();
    private Optional<CorsPolicy> cors = Optional.empty();
    private Optional<SessionCookie> cookie = Optional.empty();
    private Optional<HttpCompression> httpCompression = Optional.of(HttpCompression.defaults());
    private Optional<MessageDeflate> perMessageDeflate = Optional.empty();
    private boolean serveClient = true;
    private HoldLimits hold = HoldLimits.defaults();
    private DynamicNamespaces dynamicNamespaces = DynamicNamespaces.defaults();
    private Optional<ConnectionStateRecovery> recovery = Optional.empty();

    private Builder() {}

    /** {@link ServerOptions#path}. */
    public Builder path(String newPath) {
      path = newPath;
      return this;
    }

    /** How often a client is asked for a sign of life, and how long it has to answer. */
    public Builder heartbeat(Duration interval, Duration timeout) {
      pingInterval = interval;
      pingTimeout = timeout;
      return this;
    }

    /** How long a WebSocket may take to take over from polling. */
    public Builder upgradeTimeout(Duration timeout) {
      upgradeTimeout = timeout;
      return this;
    }

    /** {@link ServerOptions#connectTimeout}. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = timeout;
      return this;
    }

    /** {@link ServerOptions#maxPayload}. */
    public Builder maxPayload(int bytes) {
      maxPayload = bytes;
      return this;
    }

    /** Which of polling and WebSocket may be used. */
    public Builder transports(List<TransportName> names) {
      transports = List.copyOf(names);
      return this;
    }

    /** Whether a polling session may go over to WebSocket. */
    public Builder allowUpgrades(boolean allow) {
      allowUpgrades = allow;
      return this;
    }

    /** {@link ServerOptions#allowEio3}. */
    public Builder allowEio3(boolean allow) {
      allowEio3 = allow;
      return this;
    }

    /** {@link ServerOptions#parser}. */
    public Builder parser(PacketParser newParser) {
      parser = newParser;
      return this;
    }

    /** {@link ServerOptions#limits}. */
    public Builder limits(DecodeLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /** {@link ServerOptions#outbound}. */
    public Builder outbound(OutboundLimits newLimits) {
      outbound = newLimits;
      return this;
    }

    /** {@link ServerOptions#cors}. */
    public Builder cors(CorsPolicy policy) {
      cors = Optional.of(policy);
      return this;
    }

    /** {@link ServerOptions#cookie}. */
    public Builder cookie(SessionCookie sessionCookie) {
      cookie = Optional.of(sessionCookie);
      return this;
    }

    /** {@link ServerOptions#httpCompression}. */
    public Builder httpCompression(HttpCompression compression) {
      httpCompression = Optional.of(compression);
      return this;
    }

    /** Sends polling answers as they are. */
    public Builder withoutHttpCompression() {
      httpCompression = Optional.empty();
      return this;
    }

    /** {@link ServerOptions#perMessageDeflate}. */
    public Builder perMessageDeflate(MessageDeflate deflate) {
      perMessageDeflate = Optional.of(deflate);
      return this;
    }

    /** {@link ServerOptions#serveClient}. */
    public Builder serveClient(boolean serve) {
      serveClient = serve;
      return this;
    }

    /** {@link ServerOptions#hold}. */
    public Builder hold(HoldLimits limits) {
      hold = limits;
      return this;
    }

    /** {@link ServerOptions#dynamicNamespaces}. */
    public Builder dynamicNamespaces(DynamicNamespaces bounds) {
      dynamicNamespaces = bounds;
      return this;
    }

    /** {@link ServerOptions#connectionStateRecovery}. */
    public Builder connectionStateRecovery(ConnectionStateRecovery newRecovery) {
      recovery = Optional.of(newRecovery);
      return this;
    }

    public ServerOptions build() {
      return new ServerOptions(this);
    }
  }

  /**
   * Bounds of what waits for one client; past any of them the connection is closed as {@code slow
   * consumer}.
   *
   * @param maxBytes payload bytes
   * @param maxPackets packets
   * @param maxAge of the oldest one that the transport did not take
   */
  public record OutboundLimits(int maxBytes, int maxPackets, Duration maxAge) {
    public static OutboundLimits defaults() {
      return new OutboundLimits(16 * 1024 * 1024, 10_000, Duration.ofSeconds(60));
    }
  }
}
