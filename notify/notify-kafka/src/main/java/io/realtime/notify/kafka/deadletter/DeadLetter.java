package io.realtime.notify.kafka.deadletter;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.SourceRecord;
import java.time.Instant;

/**
 * A record that cannot be delivered, and why.
 *
 * @param errorClass the exception's class, or the verdict's for a permanent fault
 * @param attempts how often it was tried, 1 for a permanent fault
 */
public record DeadLetter(
    SourceRecord record,
    Verdict.Reject reject,
    String errorClass,
    int attempts,
    Instant failedAt) {}
