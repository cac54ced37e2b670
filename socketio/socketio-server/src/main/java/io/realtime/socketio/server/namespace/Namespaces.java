package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DynamicNamespaces;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.NamespaceRule;
import io.realtime.socketio.server.api.ParentNamespace;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.engine.EngineSession;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.engine.PlainSession;
import io.realtime.socketio.server.engine.SessionReceiver;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of a server: those that the application has named, and the children, bounded in
 * number, that clients have asked for and a rule has admitted. Any thread.
 */
public final class Namespaces {
  private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);

  private final NamespaceParts parts;
  private final Tenancy tenancy = new Tenancy();
  private final List<LocalParent> parents = new CopyOnWriteArrayList<>();
  private final List<Matching> patterns = new CopyOnWriteArrayList<>();
  private final List<Consumer<Namespace>> newNamespaceListeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger children = new AtomicInteger();

  /** A parent of the names that a pattern matches. */
  private record Matching(Pattern pattern, LocalParent parent) {}

  public Namespaces(NamespaceParts parts) {
    this.parts = parts;
    of("/");
  }

  // ---- what the application asks for

  /** The namespace of that name, created when it is new; a missing leading slash is added. */
  public Namespace of(String name) {
    return lasting(name.startsWith("/") ? name : "/" + name);
  }

  private LocalNamespace lasting(String name) {
    return tenancy.find(name).orElseGet(() -> createLasting(name));
  }

  private LocalNamespace createLasting(String name) {
    Optional<LocalParent> parent =
        patterns.stream()
            .filter(it -> it.pattern().matcher(name).matches())
            .map(Matching::parent)
            .findFirst();
    LocalNamespace fresh =
        new LocalNamespace(
            name,
            parts,
            parent.map(it -> it.listeners().copy()).orElseGet(NamespaceListeners::new),
            gone -> {});
    LocalNamespace kept = tenancy.addLasting(fresh);
    if (kept == fresh) {
      parent.ifPresent(it -> it.add(fresh));
      start(fresh);
    }
    return kept;
  }

  /** The parent of names that match. */
  public ParentNamespace of(Pattern pattern) {
    LocalParent parent =
        parent((name, auth) -> CompletableFuture.completedStage(pattern.matcher(name).matches()));
    patterns.add(new Matching(pattern, parent));
    return parent;
  }

  /** The parent of names that {@code rule} admits. */
  public ParentNamespace of(NamespaceRule rule) {
    return parent(rule);
  }

  private LocalParent parent(NamespaceRule rule) {
    LocalParent parent = new LocalParent(rule, parts.payloads());
    parents.add(parent);
    return parent;
  }

  public Collection<Namespace> all() {
    return List.copyOf(tenancy.all());
  }

  /** Called when a namespace is made for a client. */
  public void onNewNamespace(Consumer<Namespace> listener) {
    newNamespaceListeners.add(listener);
  }

  /** Every namespace leaves its cluster. */
  public CompletionStage<Void> close() {
    return CompletableFuture.allOf(
        tenancy.all().stream()
            .map(it -> it.adapter().close().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  // ---- what a client asks for

  /**
   * A namespace that exists, for a socket that will be in it: {@link LocalNamespace#release}
   * follows.
   */
  Optional<LocalNamespace> occupy(String name) {
    return tenancy.occupy(name);
  }

  /**
   * The namespace that a client asks for, made for it when a rule says so, as {@link #occupy} gives
   * it; fails with {@link ConnectRefused}. Completes on any thread.
   *
   * @param auth what the client said
   */
  CompletionStage<LocalNamespace> resolve(String name, Map<String, @Nullable Object> auth) {
    return ask(parents.iterator(), name, auth);
  }

  private CompletionStage<LocalNamespace> ask(
      Iterator<LocalParent> rest, String name, Map<String, @Nullable Object> auth) {
    if (!rest.hasNext()) {
      return CompletableFuture.failedStage(new ConnectRefused("Invalid namespace"));
    }
    LocalParent parent = rest.next();
    return verdict(parent, name, auth)
        .thenCompose(admitted -> admitted ? child(parent, name) : ask(rest, name, auth));
  }

  private static CompletionStage<Boolean> verdict(
      LocalParent parent, String name, Map<String, @Nullable Object> auth) {
    CompletionStage<Boolean> verdict;
    try {
      verdict = parent.rule().admits(name, auth);
    } catch (RuntimeException failure) {
      verdict = CompletableFuture.failedStage(failure);
    }
    return verdict.exceptionally(
        failure -> {
          LOG.error("a rule for namespaces failed; it counts as a refusal", failure);
          return false;
        });
  }

  private CompletionStage<LocalNamespace> child(LocalParent parent, String name) {
    Optional<LocalNamespace> known = occupy(name);
    if (known.isPresent()) {
      return CompletableFuture.completedStage(known.get());
    }
    DynamicNamespaces bounds = parts.options().dynamicNamespaces();
    if (children.incrementAndGet() > bounds.maxChildren()) {
      children.decrementAndGet();
      return CompletableFuture.failedStage(
          new ConnectRefused("Too many namespaces", Map.of("code", "TOO_MANY_NAMESPACES")));
    }
    LocalNamespace fresh =
        new LocalNamespace(
            name, parts, parent.listeners().copy(), gone -> onTenantGone(parent, gone));
    LocalNamespace kept =
        bounds.cleanupEmpty() ? tenancy.addFleeting(fresh) : tenancy.addLasting(fresh);
    if (kept == fresh) {
      parent.add(fresh);
      start(fresh);
      announce(fresh);
    } else {
      children.decrementAndGet();
    }
    return CompletableFuture.completedStage(kept);
  }

  private void onTenantGone(LocalParent parent, LocalNamespace namespace) {
    if (tenancy.release(namespace)) {
      parent.remove(namespace);
      children.decrementAndGet();
      namespace.adapter().close();
    }
  }

  private static void start(LocalNamespace namespace) {
    namespace
        .adapter()
        .start()
        .whenComplete(
            (started, failure) -> {
              if (failure != null) {
                LOG.error("namespace {} is not in its cluster", namespace.name(), failure);
              }
            });
  }

  private void announce(LocalNamespace namespace) {
    for (Consumer<Namespace> listener : newNamespaceListeners) {
      try {
        listener.accept(namespace);
      } catch (RuntimeException failure) {
        LOG.error("a listener of new namespaces failed", failure);
      }
    }
  }

  // ---- clients

  ServerOptions options() {
    return parts.options();
  }

  Ids ids() {
    return parts.ids();
  }

  /** The layer above a new Engine.IO session. */
  public SessionReceiver receiverOf(EngineSession session) {
    Dialect dialect =
        session.revision().number() == 3
            ? new LegacyDialect(session.sid())
            : new CurrentDialect(ids());
    return new SocketIoClient(this, session, dialect);
  }

  /** The layer above a new plain WebSocket. */
  public SessionReceiver receiverOf(PlainSession session, PlainRoute route) {
    return new PlainClient(this, lasting(route.namespace()), session, route.protocol());
  }
}
