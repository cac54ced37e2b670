/**
 * Real parts for end-to-end tests: a Kafka broker in a process of its own, the service, stock
 * clients under Node, a headless browser, and a REST client that holds every answer against the
 * OpenAPI document. Started once and shared; safe to use from concurrent test classes.
 */
@NullMarked
package io.realtime.verification.harness;

import org.jspecify.annotations.NullMarked;
