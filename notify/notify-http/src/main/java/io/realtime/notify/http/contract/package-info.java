/**
 * The OpenAPI document as the source of routing, validation and docs. Immutable once loaded; any
 * thread. The only package that sees the JSON Schema library. May import the web package and
 * Jackson.
 */
@NullMarked
package io.realtime.notify.http.contract;

import org.jspecify.annotations.NullMarked;
