package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.metrics.DeliveryMetrics.Path;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one user's personal events to one connection, in inbox order, and reports what it is proven
 * to have. Owned by the connection's home loop; only {@link #dueAt} is read from outside.
 */
final class Outlet {
  private static final long RETRY_MILLIS = 1_000;

  private final Socket socket;
  private final String userId;
  private final Inbox inbox;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final Cursor cursor;
  private final ProofTracker proofs;

  /** Proofs that the store did not take yet; what is past the bound is sent again one day. */
  private final List<Long> untold = new ArrayList<>();

  private volatile long dueAt;

  Outlet(
      Socket socket,
      String userId,
      Inbox inbox,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock) {
    this.socket = socket;
    this.userId = userId;
    this.inbox = inbox;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.cursor = new Cursor(clock.instant());
    this.proofs = new ProofTracker(settings.maxUnproven(), settings.maxUnprovenBytes());
    this.dueAt = clock.millis() + settings.positionCheck().toMillis();
  }

  /** A stored entry with its event, which all connections of the user share. */
  record Wake(Entry entry, Message message) {
    static Wake of(Entry entry) {
      return new Wake(entry, Message.of(entry.event(), new RawJson(entry.payload())));
    }
  }

  /** Sends what the connection is owed. */
  void open() {
    pull();
  }

  void wake(List<Wake> wakes) {
    for (Wake wake : wakes) {
      if (cursor.onWake(wake.entry(), proofs.roomForEntries() > 0)) {
        send(wake, Path.LIVE);
      }
    }
    pull();
  }

  void onProven(long mark) {
    List<Long> seqs = proofs.proven(mark);
    if (!seqs.isEmpty()) {
      metrics.proven(seqs.size());
      tell(seqs);
    }
    pull();
  }

  /** When {@link #check} is due, in milliseconds of the clock. Any thread. */
  long dueAt() {
    return dueAt;
  }

  /** Looks for lost wake-ups, and repeats what the store did not take. */
  void check() {
    dueAt = clock.millis() + settings.positionCheck().toMillis();
    if (!untold.isEmpty()) {
      List<Long> again = List.copyOf(untold);
      untold.clear();
      tell(again);
    }
    if (!cursor.live()) {
      pull();
      return;
    }
    inbox
        .position(userId)
        .whenComplete(
            (head, failure) ->
                socket
                    .loop()
                    .execute(
                        () -> {
                          if (failure == null) {
                            cursor.onPosition(head);
                            pull();
                          }
                        }));
  }

  private void pull() {
    if (!socket.connected()) {
      return;
    }
    int limit = Math.min(settings.pageSize(), proofs.roomForEntries());
    cursor
        .nextPage(limit, proofs.roomForBytes())
        .ifPresent(
            request ->
                inbox
                    .page(userId, request)
                    .whenComplete(
                        (page, failure) -> socket.loop().execute(() -> onPage(page, failure))));
  }

  private void onPage(@Nullable Page page, @Nullable Throwable failure) {
    if (failure != null || page == null) {
      cursor.onPageFailed();
      dueAt = clock.millis() + RETRY_MILLIS;
      return;
    }
    cursor.onPage(page);
    for (Entry entry : page.entries()) {
      send(Wake.of(entry), Path.BACKLOG);
    }
    pull();
  }

  private void send(Wake wake, Path path) {
    socket.emit(wake.message(), proofs.sent(wake.entry()));
    metrics.handedOver(path, wake.entry().acceptedAt(), clock.instant());
  }

  private void tell(List<Long> seqs) {
    boolean otherDevices = socket.namespace().localRoomSize(Rooms.user(userId)) > 1;
    inbox
        .markProven(userId, seqs, otherDevices)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                socket.loop().execute(() -> keep(seqs));
              }
            });
  }

  private void keep(List<Long> seqs) {
    int space = settings.maxUnproven() - untold.size();
    untold.addAll(seqs.subList(0, Math.clamp(space, 0, seqs.size())));
    dueAt = clock.millis() + RETRY_MILLIS;
  }
}
