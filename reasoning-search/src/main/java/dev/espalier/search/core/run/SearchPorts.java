package dev.espalier.search.core.run;

import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;

/** Whom one search asks. */
public record SearchPorts(
    StepProposer proposer, StepScorer scorer, StepGrouper grouper, AnswerReader answers) {}
