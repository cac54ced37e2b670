package io.realtime.notify.core.ingest;

import java.util.concurrent.CompletionStage;

/**
 * Which REST calls were made under which {@code Idempotency-Key}, for 24 hours from the first one.
 * The same store as the inbox.
 *
 * <p><b>Atomicity and order.</b> Of calls to {@link #claim} with the same key that run at once, one
 * wins; all others see what it wrote. <b>Durability.</b> What completed is as durable as an append
 * to the inbox: it is written before the event is produced, so that another body under the same key
 * is refused after any crash. <b>Failure.</b> Every stage fails with {@link
 * StoreUnavailableException}; repeating a call is safe. Any thread.
 *
 * <p>Bounded: past its bound a store forgets the oldest key. A repetition under a forgotten key has
 * the same event id and is dropped by the once-keys of the inbox.
 */
public interface IdempotencyKeys {

  /**
   * Remembers the first use of a key.
   *
   * @param key what the caller's key was hashed to, with caller and route: the event id
   * @param bodyHash of the exact bytes
   */
  CompletionStage<Claim> claim(String key, String bodyHash);

  /**
   * Keeps the answer of a key that was claimed. The first one stays; one without a claim is not
   * kept.
   *
   * @return the answer that is to be given: the first one
   */
  CompletionStage<String> answered(String key, String answer);

  /** What a key was used for. */
  sealed interface Claim {

    /**
     * This body, now or earlier, and not answered yet: the event may have to be produced, again
     * under the same event id.
     */
    record Open() implements Claim {}

    /** This body, and it was answered so. */
    record Answered(String answer) implements Claim {}

    /** Another body. */
    record Conflict() implements Claim {}
  }
}
