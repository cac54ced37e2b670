/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.core.audit;

import org.jspecify.annotations.NullMarked;
