@NullMarked
package io.realtime.notify.core.identity;

import org.jspecify.annotations.NullMarked;
