/** The contract of every inbox, and tests of the one in memory. */
@NullMarked
package io.realtime.notify.core.inbox;

import org.jspecify.annotations.NullMarked;
