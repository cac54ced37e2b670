/**
 * Configuration: every setting's name, default and meaning, read once at start into one immutable
 * record. Pure but for reading the files it is given; any thread. May import java.base and the
 * option types of the Socket.IO library.
 */
@NullMarked
package io.realtime.notify.app.config;

import org.jspecify.annotations.NullMarked;
