/** What the tests of this module share: the broker, and a memory in place of the inbox. */
@NullMarked
package io.realtime.notify.kafka.testing;

import org.jspecify.annotations.NullMarked;
