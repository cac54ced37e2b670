package io.realtime.socketio.server.api;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a namespace that does not exist is made for the client that asks for it. Called
 * on a loop; the stage may complete on any thread. One that fails refuses.
 */
@FunctionalInterface
public interface NamespaceRule {

  /**
   * @param auth what the client said in its CONNECT
   */
  CompletionStage<Boolean> admits(String name, Map<String, @Nullable Object> auth);
}
