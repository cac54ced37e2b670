/**
 * What a person must be able to look up later: decisions and losses, one log line each. Stateless,
 * any thread. Imports SLF4J only.
 */
@NullMarked
package io.realtime.notify.core.audit;

import org.jspecify.annotations.NullMarked;
