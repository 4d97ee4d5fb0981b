/** Asks an installation, through its gateway, whether it does its work. */
@NullMarked
package dev.espalier.gateway.installation;

import org.jspecify.annotations.NullMarked;
