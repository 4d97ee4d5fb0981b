/**
 * A service's schema apart from the service: what the database lacks, bringing it to the version
 * that the service expects, and waiting until it is there.
 */
@NullMarked
package dev.espalier.persistence.schema;

import org.jspecify.annotations.NullMarked;
