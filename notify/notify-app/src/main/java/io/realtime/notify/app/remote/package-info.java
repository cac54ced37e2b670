/**
 * A running service seen from the command line: its REST calls and its plain WebSocket. Of the
 * command's thread; may import Jackson's streams and nothing else of the product.
 */
@NullMarked
package io.realtime.notify.app.remote;

import org.jspecify.annotations.NullMarked;
