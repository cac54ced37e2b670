/** Tests of the whole HTTP side through a fake exchange, every answer held against the document. */
@NullMarked
package io.realtime.notify.http;

import org.jspecify.annotations.NullMarked;
