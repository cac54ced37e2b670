/** Who is connected. Any thread. May import java.base only. */
@NullMarked
package io.realtime.notify.core.presence;

import org.jspecify.annotations.NullMarked;
