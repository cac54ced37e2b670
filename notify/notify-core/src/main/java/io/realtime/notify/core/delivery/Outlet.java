package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.delivery.ProofTracker.Proven;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.Step;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.metrics.DeliveryMetrics.Path;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends one user's personal events to one connection, in inbox order, and reports what it is proven
 * to have. Owned by the connection's home loop; only {@link #dueAt} is read from outside.
 */
final class Outlet {
  private static final long RETRY_MILLIS = 1_000;
  private static final DisconnectReason TO_BE_PROVEN = DisconnectReason.named("to be proven");

  private final Socket socket;
  private final Visit visit;
  private final Visits visits;
  private final String userId;
  private final Receipt receipt;
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
      Visit visit,
      Visits visits,
      Inbox inbox,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock) {
    this.socket = socket;
    this.visit = visit;
    this.visits = visits;
    this.userId = visit.userId();
    this.receipt = visit.visitor().receipt();
    this.inbox = inbox;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.cursor = visit.cursor();
    this.proofs = visit.proofs();
    this.dueAt = clock.millis() + settings.positionCheck().toMillis();
  }

  /**
   * A stored entry with its event, which all connections of the user share. It ends in its
   * position, which the stock client returns.
   */
  record Wake(Entry entry, Message message) {
    static Wake of(Entry entry) {
      return new Wake(
          entry, Message.of(entry.event(), new RawJson(entry.payload()), entry.position().text()));
    }
  }

  /** Sends what the connection is owed, once that is known. */
  void open() {
    visit.takeWelcome().ifPresentOrElse(this::onWelcome, this::askAgain);
  }

  private void askAgain() {
    connecting = true;
    visits
        .late(visit)
        .whenComplete(
            (welcome, failure) -> socket.loop().execute(() -> onWelcome(welcome, failure)));
  }

  private void onWelcome(@Nullable Welcome welcome, @Nullable Throwable failure) {
    connecting = false;
    if (failure != null || welcome == null) {
      dueAt = clock.millis() + RETRY_MILLIS;
      return;
    }
    onWelcome(welcome);
  }

  private void onWelcome(Welcome welcome) {
    welcomed = true;
    if (!socket.connected()) {
      return;
    }
    cursor.onWelcome(welcome);
    if (welcome instanceof Welcome.Recovered recovered) {
      recovered
          .missed()
          .forEach(entry -> metrics.handedOver(Path.BACKLOG, entry.acceptedAt(), clock.instant()));
    }
    List<Gap> untoldOf = welcome.gaps().stream().filter(gap -> !isKnown(gap, welcome)).toList();
    for (int i = 0; i < untoldOf.size(); i++) {
      boolean last = i == untoldOf.size() - 1;
      send(untoldOf.get(i), last ? Optional.of(cursor.position()) : Optional.empty());
    }
    pull();
  }

  /**
   * Whether the client, which comes back to prove, has been told of that gap or has what is gone:
   * no position that it is given lies behind a gap before the gap was told, and the telling has
   * one.
   */
  private boolean isKnown(Gap gap, Welcome welcome) {
    boolean known =
        receipt == Receipt.RETURN
            && welcome instanceof Welcome.Fresh fresh
            && fresh.chained()
            && visit.visitor().position().filter(it -> it.seq() >= gap.untilSeq()).isPresent();
    if (known) {
      tell(new Proven(List.of(), List.of(gap)));
    }
    return known;
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
    onProven(proofs.proven(mark));
  }

  /** Exactly these; how many of them waited for it. */
  int acknowledged(Set<String> eventIds) {
    Proven proven = proofs.acknowledged(eventIds);
    onProven(proven);
    return proven.seqs().size();
  }

  private void onProven(Proven proven) {
    if (!proven.isEmpty()) {
      metrics.proven(proven.seqs().size());
      tell(proven);
    }
    pull();
  }

  /** When {@link #check} is due, in milliseconds of the clock. Any thread. */
  long dueAt() {
    return visit.noteUntold() ? 0 : dueAt;
  }

  /** Looks for lost wake-ups, and repeats what the store did not take. */
  void check() {
    dueAt = clock.millis() + settings.positionCheck().toMillis();
    if (visit.noteUntold()) {
      visit.tellNote();
    }
    if (!untold.isEmpty() || !untoldGaps.isEmpty()) {
      Proven again = new Proven(List.copyOf(untold), List.copyOf(untoldGaps));
      untold.clear();
      untoldGaps.clear();
      tell(again);
    }
    if (!welcomed) {
      if (!connecting && socket.connected()) {
        askAgain();
      }
      return;
    }
    if (!cursor.live() || mustReturn()) {
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

  /** The client is to come back and say what it has. */
  private boolean mustReturn() {
    long before = clock.millis() - settings.returnWithin().toMillis();
    return receipt == Receipt.RETURN
        && (proofs.roomForEntries() <= 0 || proofs.oldestMillis().orElse(Long.MAX_VALUE) <= before);
  }

  private void pull() {
    if (!socket.connected()) {
      return;
    }
    if (mustReturn()) {
      socket.closeTransport(TO_BE_PROVEN);
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
        case Step.OfGap(Gap gap, Optional<Position> told) -> send(gap, told);
      }
    }
    pull();
  }

  private void send(Wake wake, Path path) {
    long now = clock.millis();
    switch (receipt) {
      case TRANSPORT -> socket.emit(wake.message(), proofs.sent(wake.entry(), now));
      case CALLBACK -> {
        proofs.sentUnmarked(wake.entry(), now);
        ask(wake.entry());
      }
      case WORD, RETURN -> {
        proofs.sentUnmarked(wake.entry(), now);
        socket.emit(wake.message());
      }
    }
    metrics.handedOver(path, wake.entry().acceptedAt(), clock.instant());
  }

  private void ask(Entry entry) {
    var _ =
        socket
            .emitWithAck(entry.event(), new RawJson(entry.payload()), entry.position().text())
            .thenAcceptAsync(answer -> acknowledged(Set.of(entry.eventId())), socket.loop());
  }

  /**
   * Only a client that proves by returning gets the position: every other one proves the gap
   * itself, and a stock client would keep any text that ends an event.
   */
  private void send(Gap gap, Optional<Position> told) {
    Map<String, Object> data =
        Map.of(
            "evicted",
            gap.evicted(),
            "since",
            gap.since().toString(),
            "until",
            gap.until().toString(),
            "reason",
            gap.reason().name().toLowerCase(Locale.ROOT));
    if (receipt != Receipt.RETURN) {
      socket.emit(Message.of(ClientEvents.INBOX_GAP, data), proofs.sent(gap));
    } else if (told.isPresent()) {
      socket.emit(Message.of(ClientEvents.INBOX_GAP, data, told.get().text()));
    } else {
      socket.emit(Message.of(ClientEvents.INBOX_GAP, data));
    }
  }

  private void tell(Proven proven) {
    inbox
        .markProven(userId, new Proof(visit.pid(), proven.seqs(), proven.gaps()))
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
