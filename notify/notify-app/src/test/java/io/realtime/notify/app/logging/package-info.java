/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.app.logging;

import org.jspecify.annotations.NullMarked;
