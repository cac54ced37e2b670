/** The product: its rules, without any I/O library. */
@NullMarked
package io.realtime.notify.core;

import org.jspecify.annotations.NullMarked;
