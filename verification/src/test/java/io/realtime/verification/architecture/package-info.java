/**
 * The rules of docs/ARCHITECTURE.md as tests: directions between modules, package cycles, who may
 * use which library, what sources must not say. Each rule is a method over what it is given, so
 * that the tests of the rules can hand it a planted violation. Single-threaded; imports ArchUnit.
 */
@NullMarked
package io.realtime.verification.architecture;

import org.jspecify.annotations.NullMarked;
