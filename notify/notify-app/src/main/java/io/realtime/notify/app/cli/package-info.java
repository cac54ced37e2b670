/**
 * The command line: parses, says what is wrong and what to do next, and hands over. Runs on the
 * main thread. May import everything else of this module, and picocli.
 */
@NullMarked
package io.realtime.notify.app.cli;

import org.jspecify.annotations.NullMarked;
