@NullMarked
package io.realtime.notify.core.alerts;

import org.jspecify.annotations.NullMarked;
