/** Tests of the package of the same name. */
@NullMarked
package io.realtime.notify.kafka.start;

import org.jspecify.annotations.NullMarked;
