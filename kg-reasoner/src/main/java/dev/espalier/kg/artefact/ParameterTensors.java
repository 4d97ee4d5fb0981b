package dev.espalier.kg.artefact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.kg.core.model.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tensors of a layout, cut from one array and put together again. */
final class ParameterTensors {

  private ParameterTensors() {}

  static List<Safetensors.Tensor> cut(ParameterLayout layout, float[] values, String prefix) {
    List<Safetensors.Tensor> tensors = new ArrayList<>();
    for (ParameterLayout.Tensor t : layout.tensors()) {
      float[] part = Arrays.copyOfRange(values, t.offset(), t.offset() + t.size());
      tensors.add(new Safetensors.Tensor(prefix + t.name(), t.shape(), part));
    }
    return tensors;
  }

  /**
   * @param tensors exactly the layout's, in its order
   */
  static float[] join(ParameterLayout layout, List<Safetensors.Tensor> tensors, String prefix) {
    List<ParameterLayout.Tensor> expected = layout.tensors();
    Safetensors.check(
        tensors.size() == expected.size(), "the file has other tensors than its config needs");
    float[] values = new float[layout.size()];
    for (int i = 0; i < expected.size(); i++) {
      ParameterLayout.Tensor t = expected.get(i);
      Safetensors.Tensor found = tensors.get(i);
      Safetensors.check(
          found.name().equals(prefix + t.name()) && found.shape().equals(t.shape()),
          "the file has another tensor where " + prefix + t.name() + " belongs");
      System.arraycopy(found.values(), 0, values, t.offset(), t.size());
    }
    return values;
  }

  /** Snake case, sorted, and strict about what it does not know. */
  static ObjectMapper json() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .build();
  }

  static String write(ObjectMapper json, Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours cannot be written", e);
    }
  }
}
