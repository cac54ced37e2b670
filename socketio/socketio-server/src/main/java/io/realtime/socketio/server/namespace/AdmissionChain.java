package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.Middleware;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the middlewares of a namespace about one socket, one after the other, each on the socket's
 * loop, until one refuses.
 */
final class AdmissionChain {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionChain.class);

  private final NamespaceSocket socket;
  private final Iterator<Middleware> rest;
  private final Runnable onAdmitted;
  private final Consumer<ConnectRefused> onRefused;

  private AdmissionChain(
      NamespaceSocket socket,
      Iterator<Middleware> rest,
      Runnable onAdmitted,
      Consumer<ConnectRefused> onRefused) {
    this.socket = socket;
    this.rest = rest;
    this.onAdmitted = onAdmitted;
    this.onRefused = onRefused;
  }

  /** On the socket's loop; one of the two is called there, at once or later. */
  static void run(
      LocalNamespace namespace,
      NamespaceSocket socket,
      Runnable onAdmitted,
      Consumer<ConnectRefused> onRefused) {
    new AdmissionChain(
            socket, namespace.listeners().middlewares().iterator(), onAdmitted, onRefused)
        .next();
  }

  private void next() {
    if (!rest.hasNext()) {
      onAdmitted.run();
      return;
    }
    CompletionStage<?> verdict;
    try {
      verdict = rest.next().admit(socket);
    } catch (RuntimeException failure) {
      refuse(failure);
      return;
    }
    verdict.whenComplete(
        (admitted, failure) ->
            socket
                .home()
                .run(
                    () -> {
                      if (failure == null) {
                        next();
                      } else {
                        refuse(failure);
                      }
                    }));
  }

  private void refuse(Throwable failure) {
    onRefused.accept(refusalOf(failure));
  }

  /** What a client is told: what the application said, or that something went wrong here. */
  static ConnectRefused refusalOf(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ConnectRefused refused) {
      return refused;
    }
    LOG.error("a middleware failed; the client is refused", cause);
    return new ConnectRefused("Internal error");
  }

  /** {@code {message, data?}}. */
  static Map<String, @Nullable Object> payloadOf(ConnectRefused refused) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("message", String.valueOf(refused.getMessage()));
    refused.payload().ifPresent(data -> payload.put("data", data));
    return payload;
  }
}
