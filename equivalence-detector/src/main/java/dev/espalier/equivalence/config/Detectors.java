package dev.espalier.equivalence.config;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.compare.StepEncoder;
import dev.espalier.equivalence.encoder.MiniLmEncoder;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the detector from its artefact when the service starts. */
@Singleton
public class Detectors {

  private static final float[] NO_VECTOR = {};

  @Produces
  @Singleton
  DetectorArtefact artefact() {
    return DetectorArtefact.shipped();
  }

  @Produces
  @Singleton
  StepEncoder encoder(DetectorConfig config) {
    return config.encoder().enabled() ? MiniLmEncoder.load() : text -> NO_VECTOR;
  }

  void close(@Disposes StepEncoder encoder) {
    if (encoder instanceof MiniLmEncoder model) {
      model.close();
    }
  }

  @Produces
  @Singleton
  @Startup
  EquivalenceDetector detector(DetectorArtefact artefact, StepEncoder encoder) {
    return new EquivalenceDetector(artefact.combiner(), encoder);
  }
}
