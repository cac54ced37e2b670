/** Tests of the package of the same name. */
@NullMarked
package io.realtime.demo.shop;

import org.jspecify.annotations.NullMarked;
