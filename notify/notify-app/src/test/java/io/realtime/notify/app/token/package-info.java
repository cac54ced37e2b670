/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.app.token;

import org.jspecify.annotations.NullMarked;
