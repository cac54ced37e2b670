/**
 * What is kept for a user until receipt is proven: the port and its values. Stores may be called
 * from any thread and order their own writes. May import java.base and the ingest package.
 */
@NullMarked
package io.realtime.notify.core.inbox;

import org.jspecify.annotations.NullMarked;
