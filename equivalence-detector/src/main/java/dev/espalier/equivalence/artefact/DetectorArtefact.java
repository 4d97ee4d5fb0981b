package dev.espalier.equivalence.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.equivalence.core.compare.Combiner;
import dev.espalier.equivalence.core.compare.LogisticModel;
import dev.espalier.equivalence.core.compare.PairFeatures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What training writes and the service loads.
 *
 * @param name of the detector
 * @param version changes with every training
 * @param threshold the default threshold
 * @param encoderFrom the probability of the lexical model from which the encoder is asked
 * @param lexicalIntercept of the model without encoder
 * @param encodedIntercept of the model with encoder
 * @param weights one per feature
 * @param provenance data hashes, seed and parameters of the training
 * @param measured quality by cross-validation, with intervals, per slice, and of the baselines
 */
public record DetectorArtefact(
    String name,
    String version,
    double threshold,
    double encoderFrom,
    double lexicalIntercept,
    double encodedIntercept,
    List<Weight> weights,
    Map<String, Object> provenance,
    JsonNode measured) {

  private static final String RESOURCE = "detector.json";

  /**
   * The weights of one feature.
   *
   * @param lexical in the model without encoder; 0 for a feature that needs it
   */
  public record Weight(String feature, double lexical, double encoded) {}

  public DetectorArtefact {
    weights = List.copyOf(weights);
    provenance = Map.copyOf(provenance);
  }

  public static DetectorArtefact of(
      String version, Combiner combiner, Map<String, Object> provenance, JsonNode measured) {
    List<Weight> weights = new ArrayList<>();
    for (int i = 0; i < PairFeatures.ALL.size(); i++) {
      double lexical = i < PairFeatures.WITHOUT_ENCODER ? combiner.lexical().weights().get(i) : 0;
      weights.add(
          new Weight(
              PairFeatures.ALL.get(i).name(),
              rounded(lexical),
              rounded(combiner.encoded().weights().get(i))));
    }
    return new DetectorArtefact(
        "espalier-equivalence",
        version,
        combiner.threshold(),
        combiner.encoderFrom(),
        rounded(combiner.lexical().intercept()),
        rounded(combiner.encoded().intercept()),
        weights,
        provenance,
        measured);
  }

  /** The artefact that is shipped with this version. */
  public static DetectorArtefact shipped() {
    try (InputStream in = DetectorArtefact.class.getResourceAsStream(RESOURCE)) {
      return json().readValue(in, DetectorArtefact.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the detector's artefact cannot be read", e);
    }
  }

  /**
   * The combiner with these weights.
   *
   * @throws IllegalStateException where the artefact was trained on other features than this code's
   */
  public Combiner combiner() {
    List<String> expected = PairFeatures.ALL.stream().map(PairFeatures.Feature::name).toList();
    if (!weights.stream().map(Weight::feature).toList().equals(expected)) {
      throw new IllegalStateException("the artefact was trained on other features; train it again");
    }
    List<Double> lexical =
        weights.stream().limit(PairFeatures.WITHOUT_ENCODER).map(Weight::lexical).toList();
    List<Double> encoded = weights.stream().map(Weight::encoded).toList();
    return new Combiner(
        new LogisticModel(lexicalIntercept, lexical),
        new LogisticModel(encodedIntercept, encoded),
        threshold,
        encoderFrom);
  }

  /** The artefact as text, for writing. */
  public String text() {
    try {
      return json().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectMapper json() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .build();
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
