package dev.espalier.kg.benchmark;

import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ModelConfig.Lengths;
import dev.espalier.kg.core.model.ModelConfig.Pruning;
import dev.espalier.kg.core.model.PruningSchedule;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.train.AutoConfig;
import java.util.List;
import java.util.Locale;

/**
 * Changes a configuration by options: {@code --dimension --layers --keep --prefilter --activation
 * --schedule --learning-rate --decay --weight-decay --averaging --dropout --batch --epochs
 * --patience --queries-per-epoch --validation-queries --training-keep --warm-up-epochs --balance
 * --threads}, {@code --with length} and {@code --without score,attention,semantic}.
 */
final class ConfigOptions {

  private ConfigOptions() {}

  static AutoConfig apply(Arguments a, AutoConfig base) {
    return new AutoConfig(model(a, base.model()), training(a, base.training()));
  }

  private static ModelConfig model(Arguments a, ModelConfig m) {
    List<String> without = List.of(a.text("without").orElse("").split(","));
    boolean lengths =
        (m.lengths().on() || a.text("with").orElse("").equals("length"))
            && !without.contains("length");
    int layers = a.integer("layers", m.layers());
    String activation = a.text("activation").orElse(m.activation().name());
    String schedule = a.text("schedule").orElse(m.schedule().name());
    return new ModelConfig(
        a.integer("dimension", m.dimension()),
        m.attentionDimension(),
        layers,
        Activation.valueOf(activation.toUpperCase(Locale.ROOT)),
        a.integer("keep", m.keep()),
        a.integer("prefilter", m.prefilter()),
        PruningSchedule.valueOf(schedule.toUpperCase(Locale.ROOT)),
        new Pruning(
            !without.contains("attention"),
            !without.contains("score"),
            !without.contains("semantic"),
            2),
        new Lengths(lengths, Math.max(1, layers - 1), 2, 1, 0));
  }

  private static TrainingConfig training(Arguments a, TrainingConfig t) {
    return new TrainingConfig(
        a.number("learning-rate", t.learningRate()),
        a.number("decay", t.decay()),
        a.number("weight-decay", t.weightDecay()),
        a.number("averaging", t.averaging()),
        a.number("dropout", t.dropout()),
        a.integer("batch", t.batch()),
        a.integer("epochs", t.epochs()),
        a.integer("patience", t.patience()),
        a.integer("queries-per-epoch", t.queriesPerEpoch()),
        a.integer("validation-queries", t.validationQueries()),
        a.integer("training-keep", a.text("keep").isPresent() ? 0 : t.keep()),
        a.integer("warm-up-epochs", t.warmUpEpochs()),
        a.number("balance", t.balance()),
        a.integer("threads", t.threads()));
  }
}
