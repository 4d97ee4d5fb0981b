/**
 * What the component tests of all services share: a real PostgreSQL, servers that answer from a
 * script, and a clock that moves when told.
 */
@NullMarked
package dev.espalier.testkit;

import org.jspecify.annotations.NullMarked;
