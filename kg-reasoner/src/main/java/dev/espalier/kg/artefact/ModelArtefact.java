package dev.espalier.kg.artefact;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.kg.core.graph.Names;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.Provenance;
import dev.espalier.kg.core.model.ReasoningModel;
import java.util.List;
import java.util.Map;

/** A model as bytes: its tensors, and all else as JSON in the metadata. */
public final class ModelArtefact {

  private static final String FORMAT = "espalier-kg-model-1";
  private static final int MOST_RELATIONS = 1 << 20;
  private static final ObjectMapper JSON = ParameterTensors.json();

  private ModelArtefact() {}

  /** The same model gives the same bytes. */
  public static byte[] write(ReasoningModel model) {
    ParameterLayout layout = new ParameterLayout(model.config(), model.relations().size());
    Map<String, String> metadata =
        Map.of(
            "format", FORMAT,
            "config", ParameterTensors.write(JSON, model.config()),
            "relations", ParameterTensors.write(JSON, model.relations().all()),
            "calibration", ParameterTensors.write(JSON, model.calibration()),
            "provenance", ParameterTensors.write(JSON, model.provenance()));
    return new Safetensors(metadata, ParameterTensors.cut(layout, model.parameters(), "")).bytes();
  }

  /**
   * @throws ArtefactException if the bytes are no model
   */
  public static ReasoningModel read(byte[] bytes) {
    Safetensors file = Safetensors.of(bytes);
    Safetensors.check(file.text("format").equals(FORMAT), "the file is of another format");
    try {
      ModelConfig config = file.json(JSON, "config", ModelConfig.class);
      Names relations = Names.of(List.of(file.json(JSON, "relations", String[].class)));
      Safetensors.check(relations.size() <= MOST_RELATIONS, "the file has too many relations");
      ParameterLayout layout = new ParameterLayout(config, relations.size());
      return new ReasoningModel(
          config,
          relations,
          ParameterTensors.join(layout, file.tensors(), ""),
          file.json(JSON, "calibration", Calibration.class),
          file.json(JSON, "provenance", Provenance.class));
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
      throw new ArtefactException("the file's metadata is invalid", e);
    }
  }
}
