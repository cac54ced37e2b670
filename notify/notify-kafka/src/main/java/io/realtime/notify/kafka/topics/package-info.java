/**
 * The topics that are ours, created or verified at start. Stateless. May import the client package.
 */
@NullMarked
package io.realtime.notify.kafka.topics;

import org.jspecify.annotations.NullMarked;
