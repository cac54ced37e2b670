/**
 * What belongs to this node alone: its data directory and the id kept in it. Used at start and at
 * stop by the main thread. May import java.base only.
 */
@NullMarked
package io.realtime.notify.app.node;

import org.jspecify.annotations.NullMarked;
