/** Tests of the package of the same name, with a real broker. */
@NullMarked
package io.realtime.notify.kafka.replay;

import org.jspecify.annotations.NullMarked;
