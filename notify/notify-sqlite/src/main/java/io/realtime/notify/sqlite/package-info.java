/**
 * The embedded store: one SQLite file in WAL mode, written by one thread with group commit, read by
 * a few. Everything that touches the writer's connection runs on the writer's thread; everything
 * public may be called from any thread. May import java.base, java.sql, SQLite's driver, SLF4J and
 * notify-core's ports; nothing but the wiring imports it.
 */
@NullMarked
package io.realtime.notify.sqlite;

import org.jspecify.annotations.NullMarked;
