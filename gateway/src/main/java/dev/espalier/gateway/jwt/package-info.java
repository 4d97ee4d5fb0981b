/** Tokens of an issuer in place of keys. */
@NullMarked
package dev.espalier.gateway.jwt;

import org.jspecify.annotations.NullMarked;
