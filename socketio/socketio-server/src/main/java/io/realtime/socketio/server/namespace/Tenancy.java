package io.realtime.socketio.server.namespace;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a server by name, and how many sockets hold on to each of those that go when
 * the last has left. A namespace that has gone is never given to anybody. Any thread.
 */
final class Tenancy {
  private final ConcurrentMap<String, Entry> byName = new ConcurrentHashMap<>();

  /** {@code tenants} is absent for a namespace that stays; changed within a change of the table. */
  private record Entry(LocalNamespace namespace, @Nullable AtomicInteger tenants) {}

  Collection<LocalNamespace> all() {
    return byName.values().stream().map(Entry::namespace).toList();
  }

  Optional<LocalNamespace> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Entry::namespace);
  }

  /** The one of that name, which now has a tenant more; {@link #release} follows for each. */
  Optional<LocalNamespace> occupy(String name) {
    Entry known = byName.get(name);
    if (known != null && known.tenants() != null) {
      known = byName.computeIfPresent(name, (same, entry) -> occupied(entry));
    }
    return Optional.ofNullable(known).map(Entry::namespace);
  }

  /** {@code fresh}, or the one that was there before it; it stays. */
  LocalNamespace addLasting(LocalNamespace fresh) {
    Entry known = byName.putIfAbsent(fresh.name(), new Entry(fresh, null));
    return known == null ? fresh : known.namespace();
  }

  /** {@code fresh}, or the one that was there before it; it has a tenant more. */
  LocalNamespace addFleeting(LocalNamespace fresh) {
    return byName
        .compute(
            fresh.name(),
            (same, entry) ->
                occupied(entry == null ? new Entry(fresh, new AtomicInteger()) : entry))
        .namespace();
  }

  private static Entry occupied(Entry entry) {
    if (entry.tenants() != null) {
      entry.tenants().incrementAndGet();
    }
    return entry;
  }

  /** A tenant has left; true when it was the last, and the namespace is gone. */
  boolean release(LocalNamespace namespace) {
    Entry known = byName.get(namespace.name());
    if (known == null || known.tenants() == null || known.namespace() != namespace) {
      return false;
    }
    return byName.computeIfPresent(
            namespace.name(),
            (same, entry) ->
                entry.tenants() != null && entry.tenants().decrementAndGet() == 0 ? null : entry)
        == null;
  }
}
