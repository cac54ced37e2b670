/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.app.cli;

import org.jspecify.annotations.NullMarked;
