package io.realtime.notify.core.fakes;

import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Emitter;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.EventMiddleware;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.OutgoingListener;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.api.TypedListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps what it was sent. */
public final class FakeSocket implements Socket {
  private final String id;
  private final FakeNamespace namespace;
  private final FakeLoop loop;
  private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();
  private final Set<String> rooms = new HashSet<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Consumer<DisconnectReason>> onDisconnect = new ArrayList<>();
  private final List<LongConsumer> onProven = new ArrayList<>();
  private final List<EventListener> onAny = new ArrayList<>();
  private Optional<Handshake> handshake = Optional.empty();
  private final List<Runnable> onAlive = new ArrayList<>();
  private final List<CompletableFuture<List<@Nullable Object>>> answers = new ArrayList<>();
  private boolean connected = true;
  private boolean recovered;

  FakeSocket(String id, FakeNamespace namespace, FakeLoop loop) {
    this.id = id;
    this.namespace = namespace;
    this.loop = loop;
  }

  /**
   * @param mark 0 for a message without one
   * @param question the number to {@link #answer}; -1 for a message that asks nothing
   */
  public record Sent(Message message, long mark, int question) {
    public String event() {
      return String.valueOf(message.arguments().getFirst());
    }

    /** The first argument as text. */
    public String payload() {
      return String.valueOf(message.arguments().get(1));
    }
  }

  public List<Sent> sent() {
    return sent;
  }

  /** Payloads in the order of sending. */
  public List<String> payloads() {
    return sent.stream().map(Sent::payload).toList();
  }

  /** The client proves to have everything up to {@code mark}. */
  public void prove(long mark) {
    loop.execute(() -> onProven.forEach(listener -> listener.accept(mark)));
    loop.turn();
  }

  /** The client proves to have everything that it was sent. */
  public void proveAll() {
    prove(sent.stream().mapToLong(Sent::mark).max().orElse(0));
  }

  /** The client said this when it connected. */
  FakeSocket with(Handshake said) {
    handshake = Optional.of(said);
    return this;
  }

  /** The client sends an event and waits for an answer, which is returned. */
  public List<@Nullable Object> receive(String event, @Nullable Object... arguments) {
    List<@Nullable Object> answer = new ArrayList<>();
    ClientEvent.AckReply ack =
        new ClientEvent.AckReply() {
          @Override
          public boolean wanted() {
            return true;
          }

          @Override
          public void send(@Nullable Object... values) {
            answer.addAll(Arrays.asList(values));
          }
        };
    ClientEvent said = new ClientEvent(this, event, Arrays.asList(arguments), ack);
    loop.execute(() -> onAny.forEach(listener -> listener.onEvent(said)));
    loop.turn();
    return answer;
  }

  /** The connection breaks. */
  public void breakOff() {
    end(DisconnectReason.TRANSPORT_CLOSE);
    loop.turn();
  }

  /** The client says that it goes. */
  public void sayGoodbye() {
    end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    loop.turn();
  }

  /** The client shows that it lives. */
  public void live() {
    onAlive.forEach(Runnable::run);
  }

  private void end(DisconnectReason reason) {
    if (connected) {
      connected = false;
      namespace.remove(this);
      rooms.clear();
      onDisconnect.forEach(listener -> listener.accept(reason));
    }
  }

  /** It goes on where an earlier one of that id has ended. */
  FakeSocket continued() {
    recovered = true;
    return this;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Namespace namespace() {
    return namespace;
  }

  @Override
  public Handshake handshake() {
    return handshake.orElseThrow();
  }

  @Override
  public ConcurrentMap<String, Object> data() {
    return data;
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public TransportName transport() {
    return TransportName.WEBSOCKET;
  }

  @Override
  public int protocol() {
    return 4;
  }

  @Override
  public FakeLoop loop() {
    return loop;
  }

  @Override
  public Set<String> rooms() {
    return Set.copyOf(rooms);
  }

  @Override
  public void join(String... names) {
    rooms.addAll(List.of(names));
  }

  @Override
  public void leave(String... names) {
    rooms.removeAll(Set.of(names));
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    emit(Message.of(event, arguments));
  }

  @Override
  public void emit(Message message) {
    emit(message, 0);
  }

  @Override
  public void emit(Message message, long mark) {
    emit(message, mark, -1);
  }

  private void emit(Message message, long mark, int question) {
    if (connected) {
      sent.add(new Sent(message, mark, question));
    }
  }

  @Override
  public CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    CompletableFuture<List<@Nullable Object>> answer = new CompletableFuture<>();
    emit(Message.of(event, arguments), 0, answers.size());
    answers.add(answer);
    return answer;
  }

  /** The client answers the question of that number, counted from 0. */
  public void answer(int question) {
    answers.get(question).complete(List.of());
    loop.turn();
  }

  @Override
  public Target broadcast() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket on(String event, EventListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> Socket on(String event, Class<T> type, TypedListener<T> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket once(String event, EventListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket off(String event, EventListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket off(String event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket prependAny(EventListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket offAny(EventListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket offAny() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket use(EventMiddleware middleware) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket onError(Consumer<Throwable> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket onAnyOutgoing(OutgoingListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket prependAnyOutgoing(OutgoingListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket offAnyOutgoing(OutgoingListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket offAnyOutgoing() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket onUpgrade(Consumer<TransportName> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Emitter volatileOnly() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Emitter compress(boolean wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Emitter timeout(Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket onAny(EventListener listener) {
    onAny.add(listener);
    return this;
  }

  @Override
  public Socket onDisconnect(Consumer<DisconnectReason> listener) {
    onDisconnect.add(listener);
    return this;
  }

  @Override
  public Socket onDisconnecting(Consumer<DisconnectReason> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket onAlive(Runnable listener) {
    onAlive.add(listener);
    return this;
  }

  @Override
  public Socket onAbandoned(Runnable listener) {
    return this;
  }

  @Override
  public boolean recovered() {
    return recovered;
  }

  @Override
  public Socket onProven(LongConsumer listener) {
    onProven.add(listener);
    return this;
  }

  @Override
  public void disconnect(boolean close) {
    breakOff();
  }

  @Override
  public void pingNow() {}

  /** Ends it on its loop; at once where all sockets share one. */
  @Override
  public void closeTransport(DisconnectReason reason) {
    if (namespace.hasLoopEach()) {
      loop.execute(() -> end(reason));
    } else {
      end(reason);
    }
  }
}
