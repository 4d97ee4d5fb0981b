package dev.espalier.memory.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an embedding reply. One wrong vector would spoil every later ranking, so that all of a
 * reply is refused when anything about it is not as asked: the count, an index that is missing or
 * comes twice, a dimension, a value that is no finite number, a vector without a direction.
 */
final class EmbeddingReply {

  private EmbeddingReply() {}

  /**
   * @return unit vectors in the order of the texts, whatever the order of the reply
   * @throws ModelUnavailableException when the reply is refused
   */
  static List<float[]> read(ObjectMapper json, String body, int texts, int dimensions) {
    JsonNode data = data(json, body);
    if (!data.isArray() || data.size() != texts) {
      throw refused("not one vector for each text");
    }
    float @Nullable [][] vectors = new float[texts][];
    for (JsonNode entry : data) {
      JsonNode index = entry.path("index");
      if (!index.isInt() || index.asInt() < 0 || index.asInt() >= texts) {
        throw refused("an index that names no text");
      }
      if (vectors[index.asInt()] != null) {
        throw refused("two vectors for one text");
      }
      vectors[index.asInt()] = unit(entry.path("embedding"), dimensions);
    }
    return new ArrayList<>(Arrays.asList(vectors));
  }

  private static float[] unit(JsonNode values, int dimensions) {
    if (!values.isArray() || values.size() != dimensions) {
      throw refused("a vector of another dimension");
    }
    double[] given = new double[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      JsonNode value = values.get(i);
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        throw refused("a value that is no finite number");
      }
      given[i] = value.asDouble();
      squares += given[i] * given[i];
    }
    double length = Math.sqrt(squares);
    if (!Double.isFinite(length) || length < Float.MIN_NORMAL) {
      throw refused("a vector without a direction");
    }
    float[] unit = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      unit[i] = (float) (given[i] / length);
    }
    return unit;
  }

  private static JsonNode data(ObjectMapper json, String body) {
    try {
      JsonNode tree = json.readTree(body);
      return tree == null ? json.missingNode() : tree.path("data");
    } catch (JsonProcessingException e) {
      throw refused("no JSON");
    }
  }

  private static ModelUnavailableException refused(String why) {
    return new ModelUnavailableException("the embedding reply is refused: " + why);
  }
}
