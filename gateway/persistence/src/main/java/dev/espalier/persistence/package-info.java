/**
 * How every service uses PostgreSQL: one tenant per transaction, until a deadline, once per key.
 */
@NullMarked
package dev.espalier.persistence;

import org.jspecify.annotations.NullMarked;
