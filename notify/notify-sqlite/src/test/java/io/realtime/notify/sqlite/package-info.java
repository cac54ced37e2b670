/**
 * The contract of the inbox against SQLite, and what only a file can do: faults, ends, versions.
 */
@NullMarked
package io.realtime.notify.sqlite;

import org.jspecify.annotations.NullMarked;
