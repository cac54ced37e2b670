package io.realtime.notify.core.identity;

/**
 * Establishes identities. Called on event loops: never blocks, never throws for what a peer sent.
 */
@FunctionalInterface
public interface Authenticator {

  Identification identify(Credentials credentials);
}
