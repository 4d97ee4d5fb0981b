/**
 * The chart played on one machine: what it renders is applied to the packaged services, each in a
 * network and a file system of its own.
 */
@NullMarked
package dev.espalier.helm.rehearsal;

import org.jspecify.annotations.NullMarked;
