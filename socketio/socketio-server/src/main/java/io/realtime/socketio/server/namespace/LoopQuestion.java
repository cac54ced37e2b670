package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.AnswerReceiver;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to sockets of one loop, until all have answered or it is too late. On the loop only.
 */
final class LoopQuestion implements PendingAcks.Asker {
  private final long ackId;
  private final AnswerReceiver answers;
  private final Alarm alarm;
  private final List<NamespaceSocket> asked = new ArrayList<>();
  private int open;

  LoopQuestion(HomeLoop home, long ackId, AnswerReceiver answers) {
    this.ackId = ackId;
    this.answers = answers;
    this.alarm = home.alarm(this::giveUp);
  }

  /** How many of {@code sockets} have been asked. */
  int ask(List<NamespaceSocket> sockets, Message question, Flags flags, Duration timeout) {
    for (NamespaceSocket socket : sockets) {
      open++;
      if (socket.speech().ask(question, ackId, flags, this)) {
        asked.add(socket);
      } else {
        open--;
      }
    }
    int count = asked.size();
    if (open > 0) {
      HomeLoop home = asked.getFirst().home();
      alarm.setAt(home.nanoTime() + timeout.toNanos());
    }
    return count;
  }

  @Override
  public void onAnswer(List<@Nullable Object> arguments) {
    closeOne();
    answers.onAnswer(arguments.isEmpty() ? null : arguments.getFirst());
  }

  /** Counted as asked all the same: whoever asks hears that an answer is missing. */
  @Override
  public void onLost(Exception why) {
    closeOne();
  }

  private void closeOne() {
    if (--open == 0) {
      giveUp();
    }
  }

  private void giveUp() {
    alarm.cancel();
    asked.forEach(socket -> socket.speech().forget(ackId));
    asked.clear();
  }
}
