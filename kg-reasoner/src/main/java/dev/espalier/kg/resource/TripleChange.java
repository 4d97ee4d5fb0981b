package dev.espalier.kg.resource;

/**
 * What an upload changed.
 *
 * @param received triples in the document, repetitions included
 * @param changed triples that were added, or removed
 * @param unchanged distinct triples that were there already, or were not there to remove
 * @param skippedLiterals triples left out because their tail is a literal
 * @param kg the graph afterwards
 */
public record TripleChange(
    long received, long changed, long unchanged, long skippedLiterals, Kg kg) {}
