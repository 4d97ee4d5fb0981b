/** Models and training checkpoints as files, in the safetensors layout. */
@NullMarked
package dev.espalier.kg.artefact;

import org.jspecify.annotations.NullMarked;
