/** Language models by name: where they are, what a call may cost, what it did. */
@org.jspecify.annotations.NullMarked
package dev.espalier.gateway.core.llm;
