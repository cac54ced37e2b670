/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.app.node;

import org.jspecify.annotations.NullMarked;
