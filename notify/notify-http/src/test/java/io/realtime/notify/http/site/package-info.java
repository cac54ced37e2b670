/** Tests of the files that are served. */
@NullMarked
package io.realtime.notify.http.site;

import org.jspecify.annotations.NullMarked;
