@NullMarked
package io.realtime.notify.core.sockets;

import org.jspecify.annotations.NullMarked;
