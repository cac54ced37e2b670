/**
 * What is kept for a user until receipt is proven: the port, its values, and the store that lives
 * in this process. Stores may be called from any thread and order their own writes. May import
 * java.base and the ingest package.
 */
@NullMarked
package io.realtime.notify.core.inbox;

import org.jspecify.annotations.NullMarked;
