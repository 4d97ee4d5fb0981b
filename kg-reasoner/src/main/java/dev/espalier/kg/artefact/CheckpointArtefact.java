package dev.espalier.kg.artefact;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.train.EpochReport;
import dev.espalier.kg.core.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A training between two epochs as bytes; going on from them gives the same model. */
public final class CheckpointArtefact {

  private static final String FORMAT = "espalier-kg-checkpoint-2";
  private static final List<String> PARTS =
      List.of("now.", "first.", "second.", "average.", "best.");
  private static final ObjectMapper JSON = ParameterTensors.json();

  private record Progress(int relations, long seed, long steps, List<EpochReport> history) {}

  private CheckpointArtefact() {}

  /**
   * @param relations of the graph that is trained on
   */
  public static byte[] write(TrainingState state, int relations) {
    ParameterLayout layout = new ParameterLayout(state.config(), relations);
    List<float[]> arrays =
        List.of(
            state.parameters(),
            state.firstMoment(),
            state.secondMoment(),
            state.average(),
            state.best());
    List<Safetensors.Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      tensors.addAll(ParameterTensors.cut(layout, arrays.get(i), PARTS.get(i)));
    }
    Progress progress = new Progress(relations, state.seed(), state.steps(), state.history());
    Map<String, String> metadata =
        Map.of(
            "format", FORMAT,
            "config", ParameterTensors.write(JSON, state.config()),
            "training", ParameterTensors.write(JSON, state.training()),
            "progress", ParameterTensors.write(JSON, progress));
    return new Safetensors(metadata, tensors).bytes();
  }

  /**
   * @throws ArtefactException if the bytes are no checkpoint
   */
  public static TrainingState read(byte[] bytes) {
    Safetensors file = Safetensors.of(bytes);
    Safetensors.check(file.text("format").equals(FORMAT), "the file is of another format");
    try {
      ModelConfig config = file.json(JSON, "config", ModelConfig.class);
      Progress progress = file.json(JSON, "progress", Progress.class);
      ParameterLayout layout = new ParameterLayout(config, progress.relations());
      int count = layout.tensors().size();
      Safetensors.check(
          file.tensors().size() == PARTS.size() * count, "the file has other tensors");
      List<float[]> arrays = new ArrayList<>();
      for (int i = 0; i < PARTS.size(); i++) {
        arrays.add(
            ParameterTensors.join(
                layout, file.tensors().subList(i * count, (i + 1) * count), PARTS.get(i)));
      }
      return new TrainingState(
          config,
          file.json(JSON, "training", TrainingConfig.class),
          progress.seed(),
          arrays.get(0),
          arrays.get(1),
          arrays.get(2),
          progress.steps(),
          arrays.get(3),
          arrays.get(4),
          progress.history());
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
      throw new ArtefactException("the file's metadata is invalid", e);
    }
  }
}
