/**
 * How the process logs: set up once, by the main thread, before anything else starts. May import
 * Logback and the config package.
 */
@NullMarked
package io.realtime.notify.app.logging;

import org.jspecify.annotations.NullMarked;
