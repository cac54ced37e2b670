@NullMarked
package io.realtime.notify.core.presence;

import org.jspecify.annotations.NullMarked;
