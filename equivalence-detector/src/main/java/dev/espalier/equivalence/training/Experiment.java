package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.compare.Combiner;
import dev.espalier.equivalence.core.compare.StepEncoder;
import dev.espalier.equivalence.encoder.MiniLmEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data and the parameters of a training or an evaluation.
 *
 * @param hand pairs labelled by hand: what is measured
 * @param invented pairs of the invented classes, measured as a slice of their own
 * @param extra weak labels and synthetic edits, for training only
 */
record Experiment(
    List<Example> hand,
    List<Example> invented,
    List<Example> extra,
    CombinerTrainer trainer,
    long seed,
    Map<String, Object> provenance) {

  private static final double PENALTY = 2;
  private static final double THRESHOLD = 0.9;
  private static final double ENCODER_FROM = 0.1;
  private static final double INVENTED_WEIGHT = 0.5;
  private static final int FOLDS = 5;

  static Experiment of(Arguments args) {
    Path file = args.requiredPath("pairs");
    long seed = (long) args.number("seed", 1);
    double inventedWeight = args.number("invented-weight", INVENTED_WEIGHT);
    double syntheticWeight = args.number("synthetic-weight", 0);
    double weakWeight = args.number("weak-weight", 0.05);
    CombinerTrainer trainer =
        new CombinerTrainer(
            args.number("penalty", PENALTY),
            args.number("threshold", THRESHOLD),
            args.number("encoder-from", ENCODER_FROM));
    Map<String, Object> provenance = new TreeMap<>();
    provenance.put("pairs", Map.of("file", file.getFileName().toString(), "sha256", sha256(file)));
    provenance.put("seed", seed);
    provenance.put("folds", FOLDS);
    provenance.put("penalty", trainer.penalty());
    provenance.put("invented_weight", inventedWeight);
    provenance.put("synthetic_weight", syntheticWeight);
    List<LabelledPair> pairs = LabelledPair.read(file);
    List<LabelledPair> invented = InventedClasses.pairs();
    List<LabelledPair> extra = new ArrayList<>();
    args.path("weak")
        .ifPresent(
            weak -> {
              provenance.put(
                  "weak", Map.of("file", weak.getFileName().toString(), "sha256", sha256(weak)));
              provenance.put("weak_weight", weakWeight);
              extra.addAll(WeakLabels.read(weak, weakWeight));
            });
    if (syntheticWeight > 0) {
      extra.addAll(new SyntheticEdits(seed, syntheticWeight).of(pairs));
    }
    provenance.put("hand_labelled_pairs", pairs.size());
    provenance.put("invented_pairs", invented.size());
    provenance.put("weak_and_synthetic_pairs", extra.size());
    try (MiniLmEncoder model = MiniLmEncoder.load()) {
      Map<String, float[]> vectors = new HashMap<>();
      StepEncoder encoder = text -> vectors.computeIfAbsent(text, model::encode);
      return new Experiment(
          pairs.stream().map(p -> Example.of(p, encoder)).toList(),
          invented.stream()
              .map(p -> Example.of(p.weighing(p.weight() * inventedWeight), encoder))
              .toList(),
          extra.stream().map(p -> Example.of(p, encoder)).toList(),
          trainer,
          seed,
          provenance);
    }
  }

  /** Verdicts on all labelled examples, each by a combiner that has not seen its problem. */
  List<CrossValidation.Judged> crossValidate() {
    List<Example> all = new ArrayList<>(hand);
    all.addAll(invented);
    return new CrossValidation(FOLDS, seed).run(all, extra, trainer);
  }

  /** A combiner trained on everything. */
  Combiner train() {
    List<Example> all = new ArrayList<>(hand);
    all.addAll(invented);
    all.addAll(extra);
    return trainer.train(all);
  }

  private static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
