/**
 * The way in, as ports: what a source of records (notify-kafka) hands over and what it gets back.
 * Values are immutable; a port's Javadoc says its threading. May import java.base and other
 * packages of notify-core that do not import this one.
 */
@NullMarked
package io.realtime.notify.core.ingest;

import org.jspecify.annotations.NullMarked;
