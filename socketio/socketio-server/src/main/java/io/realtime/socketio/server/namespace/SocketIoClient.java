package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeResult;
import io.realtime.socketio.protocol.socketio.PacketReader;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.api.ClientEvent.AckReply;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.engine.BeatReceiver;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.EngineServer;
import io.realtime.socketio.server.engine.SessionReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.loop.Alarm;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO client: the packets of one Engine.IO session and its socket in each namespace. On the
 * session's home loop, but for encoding.
 */
final class SocketIoClient implements SessionReceiver, BeatReceiver {
  /** Namespaces that one connection may be in; one more is refused. */
  static final int MAX_NAMESPACES = 64;

  /** From a packet to the last of its attachments, as from the first byte of a message. */
  static final int ATTACHMENTS_DEADLINE_MILLIS = EngineServer.MESSAGE_DEADLINE_MILLIS;

  private final Namespaces namespaces;
  private final Connection connection;
  private final Dialect dialect;
  private final PacketReader reader;
  private final ClientSockets sockets = new ClientSockets();

  /** Names of namespaces about which, or about the client in which, something is being decided. */
  private Set<String> resolving = Set.of();

  /** Until it has joined a namespace, then for the attachments of a packet. */
  private final Alarm deadline;

  private final int maxAttachmentBytes;
  private boolean joined;
  private boolean assembling;
  private long attachmentBytes;

  SocketIoClient(Namespaces namespaces, Connection connection, Dialect dialect) {
    this.namespaces = namespaces;
    this.connection = connection;
    this.dialect = dialect;
    this.reader = namespaces.options().parser().reader(namespaces.options().limits());
    this.maxAttachmentBytes = namespaces.options().maxPayload();
    this.deadline =
        connection.home().alarm(() -> connection.close(DisconnectReason.FORCED_SERVER_CLOSE));
  }

  @Override
  public void onOpen() {
    deadline.setAt(connection.home().nanoTime() + namespaces.options().connectTimeout().toNanos());
    connection.outlet().onBeats(this);
    if (dialect.joinsMainNamespace()) {
      onConnect("/", Map.of());
    }
  }

  @Override
  public void onText(String text) {
    if (joined || namespaces.options().parser().mayConnect(text)) {
      receive(() -> reader.accept(text));
    } else {
      connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
    }
  }

  /** All attachments of a packet together may be as large as a message. */
  @Override
  public void onBinary(byte[] bytes) {
    attachmentBytes += bytes.length;
    if (!joined && !namespaces.options().parser().mayConnect(bytes)) {
      connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
    } else if (assembling && attachmentBytes > maxAttachmentBytes) {
      connection.close(DisconnectReason.PARSE_ERROR);
    } else {
      receive(() -> reader.accept(bytes));
    }
  }

  private void receive(java.util.function.Supplier<DecodeResult> decoding) {
    DecodeResult result;
    try {
      result = decoding.get();
    } catch (MalformedPacketException malformed) {
      onMalformed(malformed);
      return;
    }
    switch (result) {
      case DecodeResult.Complete(SocketPacket packet) -> {
        if (assembling) {
          assembling = false;
          deadline.cancel();
        }
        onPacket(packet);
      }
      case DecodeResult.NeedsAttachments _ -> {
        if (!assembling) {
          assembling = true;
          attachmentBytes = 0;
          deadline.setAt(
              connection.home().nanoTime()
                  + TimeUnit.MILLISECONDS.toNanos(ATTACHMENTS_DEADLINE_MILLIS));
        }
      }
    }
  }

  private void onPacket(SocketPacket packet) {
    String namespace = dialect.namespaceOf(packet);
    NamespaceSocket socket = sockets.find(namespace);
    switch (packet) {
      case SocketPacket.Connect connect when socket == null ->
          onConnect(namespace, dialect.authOf(connect));
      case SocketPacket.Event event when isConnected(socket) ->
          socket.onEvent(event.arguments(), replyTo(socket, event));
      case SocketPacket.Ack ack when isConnected(socket) ->
          socket.onAck(ack.ackId(), ack.arguments());
      case SocketPacket.Disconnect _ when isConnected(socket) -> {
        sockets.remove(namespace);
        socket.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
      }
      // CONNECT twice, anything for a namespace that is not connected, a client's CONNECT_ERROR
      case SocketPacket.Connect _,
          SocketPacket.Event _,
          SocketPacket.Ack _,
          SocketPacket.Disconnect _,
          SocketPacket.ConnectError _ ->
          connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
    }
  }

  @org.jspecify.annotations.NullUnmarked
  private static boolean isConnected(@Nullable NamespaceSocket socket) {
    return socket != null && socket.connected();
  }

  // ---- CONNECT

  private void onConnect(String name, Map<String, @Nullable Object> auth) {
    if (sockets.size() + resolving.size() >= MAX_NAMESPACES) {
      refuse(name, dialect.refusal(new ConnectRefused("Too many namespaces")));
      return;
    }
    if (resolving.contains(name)) {
      connection.close(DisconnectReason.FORCED_SERVER_CLOSE);
      return;
    }
    Optional<LocalNamespace> known = namespaces.occupy(name);
    if (known.isPresent()) {
      connectTo(known.get(), auth);
    } else {
      beginResolving(name);
      namespaces
          .resolve(name, auth)
          .whenComplete(
              (made, failure) ->
                  connection.home().task(() -> onResolved(name, auth, made, failure)));
    }
  }

  private void beginResolving(String name) {
    Set<String> more = new HashSet<>(resolving);
    more.add(name);
    resolving = more;
  }

  private void endResolving(String name) {
    Set<String> fewer = new HashSet<>(resolving);
    fewer.remove(name);
    resolving = fewer.isEmpty() ? Set.of() : fewer;
  }

  /** A rule has decided about a namespace that did not exist. */
  private void onResolved(
      String name,
      Map<String, @Nullable Object> auth,
      @Nullable LocalNamespace made,
      @Nullable Throwable failure) {
    endResolving(name);
    if (made == null) {
      if (connection.isOpen()) {
        // an object in every dialect
        refuse(name, AdmissionChain.payloadOf(AdmissionChain.refusalOf(failure)));
      }
    } else if (connection.isOpen()) {
      connectTo(made, auth);
    } else {
      made.release();
    }
  }

  private void connectTo(LocalNamespace namespace, Map<String, @Nullable Object> auth) {
    Handshake handshake = new Handshake(connection.request(), connection.issued(), auth);
    if (!dialect.recovers()) {
      enter(namespace, handshake, Continuity.NONE);
      return;
    }
    CompletableFuture<? extends Continuity> arrival = arrivalIn(namespace, handshake);
    if (arrival.isDone() && !arrival.isCompletedExceptionally()) {
      enter(namespace, handshake, arrival.join());
      return;
    }
    beginResolving(namespace.name());
    var _ =
        arrival.whenComplete(
            (continuity, failure) ->
                connection.home().task(() -> onArrived(namespace, handshake, continuity, failure)));
  }

  private CompletableFuture<? extends Continuity> arrivalIn(
      LocalNamespace namespace, Handshake handshake) {
    try {
      return namespace.recovery().arrive(connection.home(), handshake).toCompletableFuture();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** As what the client connects has been decided. */
  private void onArrived(
      LocalNamespace namespace,
      Handshake handshake,
      @Nullable Continuity continuity,
      @Nullable Throwable failure) {
    endResolving(namespace.name());
    if (continuity != null && connection.isOpen()) {
      enter(namespace, handshake, continuity);
      return;
    }
    if (continuity != null) {
      continuity.onEnd(false, DisconnectReason.TRANSPORT_CLOSE);
    } else if (connection.isOpen()) {
      refuse(namespace.name(), dialect.refusal(AdmissionChain.refusalOf(failure)));
    }
    namespace.release();
  }

  private void enter(LocalNamespace namespace, Handshake handshake, Continuity continuity) {
    NamespaceSocket socket =
        new NamespaceSocket(
            dialect.socketId(namespace.name()),
            namespace,
            handshake,
            continuity,
            new NamespacePeer(namespace),
            namespaces.options().outbound().maxPackets());
    sockets.add(namespace.name(), socket);
    if (socket.recovered() && namespace.recovery().skipsMiddlewares()) {
      onAdmitted(namespace, socket);
      return;
    }
    AdmissionChain.run(
        namespace,
        socket,
        () -> onAdmitted(namespace, socket),
        refused -> onRefused(namespace, socket, refused));
  }

  private void onAdmitted(LocalNamespace namespace, NamespaceSocket socket) {
    if (!isCurrent(namespace, socket)) {
      return;
    }
    if (!joined) {
      joined = true;
      deadline.cancel();
      connection.onFirstNamespace();
    }
    socket.onAdmitted();
    connection.outlet().send(namespace.wire().connected(dialect.welcome(socket)));
    socket.announce();
  }

  private void onRefused(LocalNamespace namespace, NamespaceSocket socket, ConnectRefused refused) {
    if (isCurrent(namespace, socket)) {
      sockets.remove(namespace.name());
      socket.end(DisconnectReason.FORCED_SERVER_CLOSE);
      refuse(namespace.name(), dialect.refusal(refused));
    }
  }

  /** False when the connection ended while a middleware was thinking. */
  private boolean isCurrent(LocalNamespace namespace, NamespaceSocket socket) {
    return connection.isOpen() && socket.equals(sockets.find(namespace.name()));
  }

  private void refuse(String namespace, Object payload) {
    SocketIoWire wire = new SocketIoWire(namespaces.options().parser(), namespace);
    connection.outlet().send(wire.refused(payload));
  }

  @Override
  public void onAsked() {}

  @Override
  public void onAlive() {
    for (NamespaceSocket socket : sockets.all()) {
      if (socket.listeners().has(Registration.OnAlive.class)) {
        sockets.all().forEach(NamespaceSocket::onAlive);
        return;
      }
    }
  }

  @Override
  public void onUpgrade(TransportName to) {
    sockets.all().forEach(socket -> socket.onUpgrade(to));
  }

  // ---- the end

  private void onMalformed(MalformedPacketException malformed) {
    sockets.all().forEach(socket -> socket.onError(malformed));
    connection.close(DisconnectReason.PARSE_ERROR);
  }

  @Override
  public void onClose(DisconnectReason reason) {
    deadline.cancel();
    reader.reset();
    sockets.removeAll().forEach(socket -> socket.end(reason));
  }

  private void disconnectAll() {
    sockets.all().forEach(socket -> socket.disconnect(false));
    connection.close(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
  }

  private static AckReply replyTo(NamespaceSocket socket, SocketPacket.Event event) {
    if (event.ackId().isEmpty()) {
      return Replies.NONE;
    }
    long ackId = event.ackId().getAsLong();
    return Replies.once(
        socket.payloads(),
        arguments -> socket.speech().answer(socket.wire().ack(ackId, arguments)));
  }

  /** This client as one namespace's socket sees it. */
  private final class NamespacePeer implements Peer {
    private final LocalNamespace namespace;

    NamespacePeer(LocalNamespace namespace) {
      this.namespace = namespace;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public WirePacket encode(Message message) {
      return namespace.wire().encode(message);
    }

    @Override
    public WirePacket encodeQuestion(Message question, long ackId) {
      return namespace.wire().question(question, ackId);
    }

    @Override
    public void onSocketEnd(NamespaceSocket socket, boolean tellClient) {
      if (sockets.remove(namespace.name(), socket) && tellClient) {
        connection.outlet().send(namespace.wire().disconnected());
      }
    }

    @Override
    public void disconnectAll() {
      SocketIoClient.this.disconnectAll();
    }
  }
}
