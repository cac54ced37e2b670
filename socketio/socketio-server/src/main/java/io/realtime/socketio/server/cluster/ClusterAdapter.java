package io.realtime.socketio.server.cluster;

import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.adapter.AnswerReceiver;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.LocalSockets;
import io.realtime.socketio.server.adapter.SocketRecord;
import io.realtime.socketio.server.api.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adapter over a {@link ClusterBus}: does this node's share at once and tells the others, and
 * puts their answers together. A request waits for as many nodes as the bus counts when it is made.
 * Any thread.
 */
public final class ClusterAdapter implements Adapter {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterAdapter.class);

  /** How long nodes have to answer when nobody said how long. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final LocalSockets local;
  private final ClusterBus bus;
  private final OpenRequests requests;

  /** Who waits for answers of clients on other nodes, until the timeout; as many as requests. */
  private final ConcurrentMap<String, AnswerReceiver> asked = new ConcurrentHashMap<>();

  private ClusterAdapter(LocalSockets local, ClusterBus bus) {
    this.local = local;
    this.bus = bus;
    this.requests = new OpenRequests(local);
  }

  /**
   * Adapters over what {@code buses} gives.
   *
   * @param buses a bus for each name of a namespace
   */
  public static AdapterFactory over(Function<String, ClusterBus> buses) {
    return local -> new ClusterAdapter(local, buses.apply(local.namespace()));
  }

  @Override
  public CompletionStage<Void> start() {
    return bus.open(new Hearing());
  }

  @Override
  public CompletionStage<Void> close() {
    requests.close();
    asked.clear();
    return bus.close();
  }

  @Override
  public CompletionStage<Integer> serverCount() {
    return bus.nodeCount();
  }

  @Override
  public void broadcast(Message message, BroadcastOptions options) {
    publish(new ClusterMessage.Broadcast(message.arguments(), options, Optional.empty()));
    local.broadcast(message, options);
  }

  @Override
  public void broadcastWithAck(Message message, BroadcastOptions options, AnswerReceiver answers) {
    String requestId = newRequestId();
    if (asked.size() < OpenRequests.MAX) {
      asked.put(requestId, answers);
      var _ =
          local.schedule(options.flags().timeout().orElse(TIMEOUT), () -> asked.remove(requestId));
      publish(new ClusterMessage.Broadcast(message.arguments(), options, Optional.of(requestId)));
    } else {
      LOG.warn("{} broadcasts wait for answers: the other nodes are not asked", asked.size());
    }
    local.broadcastWithAck(message, options, answers);
  }

  @Override
  public void socketsJoin(BroadcastOptions options, List<String> rooms) {
    publish(new ClusterMessage.SocketsJoin(options, rooms));
    local.socketsJoin(options, rooms);
  }

  @Override
  public void socketsLeave(BroadcastOptions options, List<String> rooms) {
    publish(new ClusterMessage.SocketsLeave(options, rooms));
    local.socketsLeave(options, rooms);
  }

  @Override
  public void disconnectSockets(BroadcastOptions options, boolean close) {
    publish(new ClusterMessage.DisconnectSockets(options, close));
    local.disconnectSockets(options, close);
  }

  @Override
  public CompletionStage<List<SocketRecord>> fetchSockets(BroadcastOptions options) {
    return ask(
            options.flags().timeout().orElse(TIMEOUT),
            requestId -> new ClusterMessage.FetchSockets(options, requestId))
        .thenApply(all -> all.stream().map(SocketRecord.class::cast).toList());
  }

  @Override
  public CompletionStage<Set<String>> allRooms() {
    return ask(TIMEOUT, ClusterMessage.AllRooms::new)
        .thenApply(
            all -> {
              Set<String> rooms = new HashSet<>();
              all.forEach(room -> rooms.add(String.valueOf(room)));
              return rooms;
            });
  }

  @Override
  public void serverSideEmit(List<@Nullable Object> event) {
    publish(new ClusterMessage.ServerSideEmit(event, Optional.empty()));
  }

  @Override
  public CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      List<@Nullable Object> event) {
    return ask(
        TIMEOUT, requestId -> new ClusterMessage.ServerSideEmit(event, Optional.of(requestId)));
  }

  /** What all others answer, if there are any. */
  private CompletionStage<List<@Nullable Object>> ask(
      Duration timeout, Function<String, ClusterMessage> question) {
    return bus.nodeCount()
        .thenCompose(
            nodes -> {
              if (nodes <= 1) {
                return CompletableFuture.completedStage(List.of());
              }
              String requestId = newRequestId();
              return requests.ask(
                  requestId, nodes - 1, timeout, () -> publish(question.apply(requestId)));
            });
  }

  private static String newRequestId() {
    return UUID.randomUUID().toString();
  }

  private void publish(ClusterMessage message) {
    bus.publish(message).whenComplete((sent, failure) -> logged(failure));
  }

  private void respond(String node, ClusterResponse response) {
    bus.respond(node, response).whenComplete((sent, failure) -> logged(failure));
  }

  private void logged(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("the cluster of namespace {} was not reached", local.namespace(), failure);
    }
  }

  /** Requests that are open, for tests of what is left behind. */
  int openRequests() {
    return requests.size() + asked.size();
  }

  /** What this node does for the others. */
  private final class Hearing implements ClusterReceiver {
    @Override
    public void onMessage(String sender, ClusterMessage message) {
      try {
        act(sender, message);
      } catch (RuntimeException failure) { // what another node says must not stop its bus
        LOG.error("a message of node {} could not be acted on", sender, failure);
      }
    }

    private void act(String sender, ClusterMessage message) {
      switch (message) {
        case ClusterMessage.Broadcast(var event, var options, var requestId) ->
            requestId.ifPresentOrElse(
                id ->
                    local.broadcastWithAck(
                        Message.ofEvent(event), options, new Answering(sender, id)),
                () -> local.broadcast(Message.ofEvent(event), options));
        case ClusterMessage.SocketsJoin(var options, var rooms) ->
            local.socketsJoin(options, rooms);
        case ClusterMessage.SocketsLeave(var options, var rooms) ->
            local.socketsLeave(options, rooms);
        case ClusterMessage.DisconnectSockets(var options, var close) ->
            local.disconnectSockets(options, close);
        case ClusterMessage.FetchSockets(var options, var requestId) ->
            local
                .fetchSockets(options)
                .thenAccept(
                    found -> respond(sender, new ClusterResponse.Sockets(requestId, found)));
        case ClusterMessage.AllRooms(var requestId) ->
            respond(sender, new ClusterResponse.Rooms(requestId, local.rooms()));
        case ClusterMessage.ServerSideEmit(var event, var requestId) ->
            local.onServerSideEvent(
                event,
                requestId.isEmpty()
                    ? null
                    : answer ->
                        respond(
                            sender, new ClusterResponse.ServerSideAnswer(requestId.get(), answer)));
      }
    }

    @Override
    public void onResponse(ClusterResponse response) {
      switch (response) {
        case ClusterResponse.ClientCount(var requestId, var clients) ->
            receiver(requestId).ifPresent(it -> it.onServer(clients));
        case ClusterResponse.Answer(var requestId, var answer) ->
            receiver(requestId).ifPresent(it -> it.onAnswer(answer));
        case ClusterResponse.Sockets(var requestId, var sockets) ->
            requests.onAnswer(requestId, sockets);
        case ClusterResponse.Rooms(var requestId, var rooms) -> requests.onAnswer(requestId, rooms);
        case ClusterResponse.ServerSideAnswer(var requestId, var answer) ->
            requests.onAnswer(requestId, Arrays.asList(answer));
      }
    }

    private Optional<AnswerReceiver> receiver(String requestId) {
      return Optional.ofNullable(asked.get(requestId));
    }
  }

  /** Passes on to another node what this node's clients answer. */
  private final class Answering implements AnswerReceiver {
    private final String node;
    private final String requestId;

    Answering(String node, String requestId) {
      this.node = node;
      this.requestId = requestId;
    }

    @Override
    public void onServer(int clients) {
      respond(node, new ClusterResponse.ClientCount(requestId, clients));
    }

    @Override
    public void onAnswer(@Nullable Object answer) {
      respond(node, new ClusterResponse.Answer(requestId, answer));
    }
  }
}
