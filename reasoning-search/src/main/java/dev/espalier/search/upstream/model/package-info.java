/** Language and reward models as proposers and scorers. */
@NullMarked
package dev.espalier.search.upstream.model;

import org.jspecify.annotations.NullMarked;
