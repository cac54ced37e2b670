/**
 * Tokens for trying things out. Immutable; any thread. May import Nimbus and the config package.
 */
@NullMarked
package io.realtime.notify.app.token;

import org.jspecify.annotations.NullMarked;
