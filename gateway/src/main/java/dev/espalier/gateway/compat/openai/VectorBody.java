package dev.espalier.gateway.compat.openai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Vectors on the wire: numbers, or little-endian float32 in base64, which most clients ask for. */
final class VectorBody {

  private VectorBody() {}

  static Buffer of(List<float[]> vectors, boolean isBase64, String model, long tokens) {
    StringBuilder text = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < vectors.size(); i++) {
      text.append(i == 0 ? "" : ",")
          .append("{\"object\":\"embedding\",\"index\":")
          .append(i)
          .append(",\"embedding\":");
      write(text, vectors.get(i), isBase64);
      text.append('}');
    }
    return Buffer.buffer(
        text.append("],\"model\":")
            .append(Json.encode(model))
            .append(",\"usage\":{\"prompt_tokens\":")
            .append(tokens)
            .append(",\"total_tokens\":")
            .append(tokens)
            .append(",\"estimated\":true}}")
            .toString());
  }

  private static void write(StringBuilder text, float[] vector, boolean isBase64) {
    if (isBase64) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      text.append('"').append(Base64.getEncoder().encodeToString(bytes.array())).append('"');
      return;
    }
    for (int i = 0; i < vector.length; i++) {
      text.append(i == 0 ? '[' : ',').append(vector[i]);
    }
    text.append(']');
  }
}
