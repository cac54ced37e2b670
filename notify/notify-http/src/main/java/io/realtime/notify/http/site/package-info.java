/**
 * Pages, browser bundles and the docs page: a fixed set of files that is read from the class path
 * at the start and answered from memory, so that no request ever names a file. Immutable; any
 * thread. May import socketio-server's http package.
 */
@NullMarked
package io.realtime.notify.http.site;

import org.jspecify.annotations.NullMarked;
