package io.realtime.socketio.server.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Some of those that were asked have not answered in time. */
public final class AnswersMissingException extends TimeoutException {
  private static final long serialVersionUID = 1L;

  private final transient List<@Nullable Object> answers;

  /**
   * @param answers those that did come
   */
  public AnswersMissingException(String message, List<? extends @Nullable Object> answers) {
    super(message);
    this.answers = Collections.unmodifiableList(new ArrayList<@Nullable Object>(answers));
  }

  /** The answers that did come, in the order of their arrival. */
  public List<@Nullable Object> answers() {
    return answers;
  }
}
