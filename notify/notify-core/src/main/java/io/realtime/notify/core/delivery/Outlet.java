package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.delivery.ProofTracker.Proven;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.Step;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.metrics.DeliveryMetrics.Path;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one user's personal events to one connection, in inbox order, and reports what it is proven
 * to have. Owned by the connection's home loop; only {@link #dueAt} is read from outside.
 */
final class Outlet {
  private static final long RETRY_MILLIS = 1_000;

  private final Socket socket;
  private final String userId;
  private final String pid;
  private final Inbox inbox;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final Cursor cursor;
  private final ProofTracker proofs;

  /** Proofs that the store did not take yet; what is past the bound is sent again one day. */
  private final List<Long> untold = new ArrayList<>();

  private final List<Gap> untoldGaps = new ArrayList<>();
  private boolean connecting;
  private boolean welcomed;

  private volatile long dueAt;

  Outlet(
      Socket socket,
      Arrival arrival,
      Inbox inbox,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock) {
    this.socket = socket;
    this.userId = arrival.userId();
    this.pid = arrival.freshPid();
    this.inbox = inbox;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.cursor = new Cursor();
    this.proofs = new ProofTracker(settings.maxUnproven(), settings.maxUnprovenBytes());
    this.dueAt = clock.millis() + settings.positionCheck().toMillis();
  }

  /** A stored entry with its event, which all connections of the user share. */
  record Wake(Entry entry, Message message) {
    static Wake of(Entry entry) {
      return new Wake(entry, Message.of(entry.event(), new RawJson(entry.payload())));
    }
  }

  /** Finds out what the connection is owed, and sends it. */
  void open() {
    connecting = true;
    inbox
        .connect(Arrival.first(userId, pid))
        .whenComplete(
            (welcome, failure) -> socket.loop().execute(() -> onWelcome(welcome, failure)));
  }

  private void onWelcome(@Nullable Welcome welcome, @Nullable Throwable failure) {
    connecting = false;
    if (failure != null || welcome == null) {
      dueAt = clock.millis() + RETRY_MILLIS;
      return;
    }
    welcomed = true;
    if (!socket.connected()) {
      return;
    }
    cursor.onWelcome(welcome);
    welcome.gaps().forEach(this::send);
    pull();
  }

  /** Whether the store knows the session, or soon may. */
  boolean mayBeKnown() {
    return welcomed || connecting;
  }

  String userId() {
    return userId;
  }

  String pid() {
    return pid;
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
    Proven proven = proofs.proven(mark);
    if (!proven.isEmpty()) {
      metrics.proven(proven.seqs().size());
      tell(proven);
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
    if (!untold.isEmpty() || !untoldGaps.isEmpty()) {
      Proven again = new Proven(List.copyOf(untold), List.copyOf(untoldGaps));
      untold.clear();
      untoldGaps.clear();
      tell(again);
    }
    if (!welcomed) {
      if (!connecting && socket.connected()) {
        open();
      }
      return;
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
    for (Step step : page.steps()) {
      switch (step) {
        case Step.OfEntry(Entry entry) -> send(Wake.of(entry), Path.BACKLOG);
        case Step.OfGap(Gap gap) -> send(gap);
      }
    }
    pull();
  }

  private void send(Wake wake, Path path) {
    socket.emit(wake.message(), proofs.sent(wake.entry()));
    metrics.handedOver(path, wake.entry().acceptedAt(), clock.instant());
  }

  private void send(Gap gap) {
    Message message =
        Message.of(
            ClientEvents.INBOX_GAP,
            Map.of(
                "evicted",
                gap.evicted(),
                "since",
                gap.since().toString(),
                "until",
                gap.until().toString(),
                "reason",
                gap.reason().name().toLowerCase(Locale.ROOT)));
    socket.emit(message, proofs.sent(gap));
  }

  private void tell(Proven proven) {
    inbox
        .markProven(userId, new Proof(Optional.of(pid), proven.seqs(), proven.gaps()))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                socket.loop().execute(() -> keep(proven));
              }
            });
  }

  private void keep(Proven proven) {
    int space = settings.maxUnproven() - untold.size();
    untold.addAll(proven.seqs().subList(0, Math.clamp(space, 0, proven.seqs().size())));
    if (untoldGaps.size() < settings.maxUnproven()) {
      untoldGaps.addAll(proven.gaps());
    }
    dueAt = clock.millis() + RETRY_MILLIS;
  }
}
