/**
 * The wiring: constructors in order, and their ends in reverse. Main thread. May import every
 * module; nothing imports it but the command line, the demo and the tests.
 */
@NullMarked
package io.realtime.notify.app.service;

import org.jspecify.annotations.NullMarked;
