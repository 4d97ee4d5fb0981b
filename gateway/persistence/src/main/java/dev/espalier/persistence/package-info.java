/**
 * How every service uses PostgreSQL: one tenant per transaction, until a deadline, once per key;
 * tasks under a lease, and streams of events that any replica can follow.
 */
@NullMarked
package dev.espalier.persistence;

import org.jspecify.annotations.NullMarked;
