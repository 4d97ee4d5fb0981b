package dev.espalier.kg.core.train;

/**
 * What an epoch brought.
 *
 * @param epoch from 1
 * @param loss mean per query, without the balance terms
 * @param validationMrr filtered, mean ties
 * @param best whether it is the best so far
 * @param seconds of wall-clock time, validation included
 */
public record EpochReport(
    int epoch, double loss, double validationMrr, boolean best, double seconds) {}
