/**
 * The local stack: an embedded PostgreSQL and the services as child processes of one launcher that
 * starts them in order, shows their logs, and leaves nothing behind when it stops.
 */
@NullMarked
package dev.espalier.launcher;

import org.jspecify.annotations.NullMarked;
