/** A model: its hyper-parameters, its parameters, where it comes from. */
@NullMarked
package dev.espalier.kg.core.model;

import org.jspecify.annotations.NullMarked;
