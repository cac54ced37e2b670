/** Tests of the event catalogue. */
@NullMarked
package io.realtime.notify.core.catalogue;

import org.jspecify.annotations.NullMarked;
