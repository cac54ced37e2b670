package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.PartitionKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An inbox that is another one, but for what a planted bug changes. */
class ForwardingInbox implements Inbox {
  private final Inbox real;

  ForwardingInbox(Inbox real) {
    this.real = real;
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return real.append(partition, items);
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    return real.connect(arrival);
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return real.remember(userId, pid, note);
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return real.leave(userId, pid, departure);
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return real.page(userId, request);
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return real.markProven(userId, proof);
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return real.position(userId);
  }

  @Override
  public CompletionStage<Purged> purge() {
    return real.purge();
  }

  @Override
  public CompletionStage<Void> probe() {
    return real.probe();
  }
}
