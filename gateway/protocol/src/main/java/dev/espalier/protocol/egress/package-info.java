/** What every careful caller of a configured address needs: where it may go, when it may retry. */
@NullMarked
package dev.espalier.protocol.egress;

import org.jspecify.annotations.NullMarked;
