/**
 * Stock clients of every generation and language against a small server that is written with the
 * library's API, over every transport. Each test has its server to itself. May import the library
 * and the harness, never the product.
 */
@NullMarked
package io.realtime.verification.stock;

import org.jspecify.annotations.NullMarked;
