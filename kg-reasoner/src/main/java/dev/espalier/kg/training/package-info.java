/** Training as durable jobs: what may be asked for, the work itself, and the threads that do it. */
@NullMarked
package dev.espalier.kg.training;

import org.jspecify.annotations.NullMarked;
