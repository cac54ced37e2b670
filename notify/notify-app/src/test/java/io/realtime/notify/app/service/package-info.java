/** The wired service with a real broker and plain JDK clients. */
@NullMarked
package io.realtime.notify.app.service;

import org.jspecify.annotations.NullMarked;
