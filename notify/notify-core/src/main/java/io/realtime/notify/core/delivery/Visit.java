package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.SessionKeeper.Missed;
import io.realtime.socketio.server.api.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection's stay with its user's inbox: from the CONNECT, over what the store decided about
 * it, to its end. Made by {@link PersonalDelivery#arrive}; whoever made it hands it to {@link
 * PersonalDelivery#attach}, or {@link #abandon}s it. What is decided may be read by any thread, the
 * rest belongs to the connection's home loop.
 */
public final class Visit {
  private final Visits visits;
  private final Visitor visitor;
  private final String freshPid;
  private final InstantSource clock;
  private final Cursor cursor = new Cursor();
  private final ProofTracker proofs;
  private final CompletableFuture<Visit> decided = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile Optional<Welcome> welcome = Optional.empty();
  private volatile Optional<String> pid = Optional.empty();
  private volatile @Nullable Socket socket;
  private volatile boolean unwanted;
  private final AtomicBoolean placed = new AtomicBoolean();
  private volatile Instant lastAlive;

  private List<Missed> missed = List.of();
  private SessionNote note = SessionNote.empty();
  private CompletableFuture<Void> noting = CompletableFuture.completedFuture(null);
  private volatile boolean noteUntold;

  Visit(
      Visits visits,
      Visitor visitor,
      String freshPid,
      DeliverySettings settings,
      InstantSource clock) {
    this.visits = visits;
    this.visitor = visitor;
    this.freshPid = freshPid;
    this.clock = clock;
    this.proofs = new ProofTracker(settings.maxUnproven(), settings.maxUnprovenBytes());
    this.lastAlive = clock.instant();
  }

  /**
   * Completes with this when it is known what the client gets, with the store away too: then it has
   * no {@link #pid}, and the backlog follows once the store is back. Fails only with {@link
   * TooManyConnectionsException}: then this is no visit, and there is nothing to abandon.
   */
  public CompletionStage<Visit> decided() {
    return decided;
  }

  /** By which the client may come back; empty without the store. */
  public Optional<String> pid() {
    return pid;
  }

  /** The note of the session that goes on; empty when a new one begins. Before it is attached. */
  public Optional<SessionNote> recovered() {
    return welcome.flatMap(
        it ->
            it instanceof Welcome.Recovered recovered
                ? Optional.of(recovered.note())
                : Optional.empty());
  }

  /**
   * What a session that goes on has missed: to be sent first, in this order. Before it is attached.
   */
  public List<Missed> missed() {
    return missed;
  }

  /**
   * The position just before the first event that the client is still owed, behind {@link #missed};
   * empty without the store, and when a client that proves only by returning has to be told of a
   * gap first: it would prove that as well. Before it is attached.
   */
  public Optional<Position> start() {
    return welcome
        .filter(it -> visitor.receipt() != Receipt.RETURN || it.gaps().isEmpty())
        .map(
            it ->
                switch (it) {
                  case Welcome.Recovered recovered -> recovered.head();
                  case Welcome.Fresh fresh -> fresh.start();
                });
  }

  /**
   * What has to be known of the session to go on with it, from now on. On the home loop.
   *
   * @return completes when the store knows, which is told again until it does; at once when the
   *     client cannot go on with the session anyway. Never fails, and may complete on any thread.
   *     Each call until then holds a little memory: the caller bounds them
   */
  public CompletionStage<Void> remember(SessionNote changed) {
    if (visitor.mayRecover() && pid.isPresent() && !changed.equals(note)) {
      CompletableFuture<Void> superseded = noting;
      noting = new CompletableFuture<>();
      var _ = noting.thenRun(() -> superseded.complete(null));
      note = changed;
      tellNote();
    }
    return noting;
  }

  /** The client has gone before it was connected; also before it was decided. Any thread. */
  public void abandon() {
    end(lost());
  }

  /** It has ended without a word of the client. */
  Departure lost() {
    return new Departure.Lost(lastAlive);
  }

  // ---- for the delivery

  Visitor visitor() {
    return visitor;
  }

  String userId() {
    return visitor.userId();
  }

  /** What its session is called when none goes on. */
  String freshPid() {
    return freshPid;
  }

  Cursor cursor() {
    return cursor;
  }

  ProofTracker proofs() {
    return proofs;
  }

  /** What was decided, once: it may hold many events. */
  Optional<Welcome> takeWelcome() {
    Optional<Welcome> taken = welcome;
    welcome = Optional.empty();
    return taken;
  }

  /** Before it is attached, on the store's thread: nobody else knows it yet. */
  void decide(Optional<Welcome> told) {
    welcome = told;
    pid = told.map(Welcome::pid);
    if (told.isPresent() && told.get() instanceof Welcome.Recovered recovered) {
      List<Missed> all = new ArrayList<>(recovered.missed().size());
      for (Entry entry : recovered.missed()) {
        all.add(
            new Missed(
                Outlet.Wake.of(entry).message(),
                OptionalLong.of(proofs.sent(entry, clock.millis()))));
      }
      missed = all;
      note = recovered.note();
    }
    decided.complete(this);
  }

  /** Before anything else: its user has no place for it. */
  void refuse() {
    decided.completeExceptionally(new TooManyConnectionsException());
  }

  boolean refused() {
    return decided.isCompletedExceptionally();
  }

  /** It has one of its user's places now. */
  void place() {
    placed.set(true);
  }

  /** Takes its place away, once: whoever is told true has it. */
  boolean leavePlace() {
    return placed.getAndSet(false);
  }

  /** The store is back; the client does not know the pid and is not told. */
  void decideLate(Welcome told) {
    pid = Optional.of(told.pid());
  }

  /** The connection stands. On its home loop. */
  void attached(Socket attached) {
    attached.onAlive(() -> lastAlive = clock.instant());
    attached.onDisconnect(reason -> end(reason.recoverable() ? lost() : new Departure.Goodbye()));
    missed = List.of();
    socket = attached;
    if (unwanted) {
      attached.closeTransport(DisconnectReason.TAKEN_OVER);
    }
  }

  /** The client has come back by another connection; completes when this one has ended. */
  CompletionStage<Void> takeOver() {
    unwanted = true;
    Socket attached = socket;
    if (attached != null) {
      attached.closeTransport(DisconnectReason.TAKEN_OVER);
    }
    return over;
  }

  boolean isOver() {
    return over.isDone();
  }

  private void end(Departure departure) {
    visits.vacate(this);
    var _ =
        decided.thenAccept(
            known -> {
              over.complete(null); // before the pid is looked at: see Visits.late
              visits.left(this, departure);
            });
  }

  boolean noteUntold() {
    return noteUntold;
  }

  /** Tells the note again that the store did not take. On the home loop. */
  void tellNote() {
    noteUntold = false;
    CompletableFuture<Void> telling = noting;
    var _ =
        visits
            .remember(this, note)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    noteUntold = true;
                  } else {
                    telling.complete(null);
                  }
                });
  }
}
