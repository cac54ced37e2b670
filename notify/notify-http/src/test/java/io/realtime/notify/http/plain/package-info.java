/** Tests of the plain frames. */
@NullMarked
package io.realtime.notify.http.plain;

import org.jspecify.annotations.NullMarked;
