/**
 * What every service says the same way: the problem document, the shared error codes, how strictly
 * JSON is read, and the request context of tenant, request id and deadline with its server and
 * client filters, and what makes a call to a configured address safe.
 *
 * <p>The list is closed: anything else belongs to the service that needs it.
 */
@NullMarked
package dev.espalier.protocol;

import org.jspecify.annotations.NullMarked;
