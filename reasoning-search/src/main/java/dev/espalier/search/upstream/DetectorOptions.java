package dev.espalier.search.upstream;

import dev.espalier.search.upstream.detector.DetectorGrouper.Judge;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.Patience;
import dev.espalier.search.upstream.http.Target;

/** Where the equivalence detector is, and how it is asked. */
public record DetectorOptions(Target target, Patience patience, Load load, Judge judge) {}
