package io.realtime.verification.simulation;

/** What may happen to the service from outside. */
enum Action {
  ORDER,
  BURST,
  POISON,
  TOMBSTONE,
  STATE,
  MARKER,
  REST_CALL,
  REPLAY,
  CONNECT,
  DROP,
  HALF_OPEN,
  RELOAD,
  WATCH,
  KILL,
  STORE_OUTAGE,
  LETTER_OUTAGE,
  GROUP_OUTAGE,
  REBALANCE,
  RECREATE_TOPIC,
  QUIET,
  LONG_QUIET
}
