package dev.espalier.kg.artefact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors of 32-bit floats in the safetensors layout: eight bytes of little-endian header
 * length, a JSON header with {@code __metadata__} and each tensor's dtype, shape and offsets, then
 * the tensors' bytes back to back.
 *
 * @param metadata texts
 * @param tensors in the order of their bytes
 */
record Safetensors(Map<String, String> metadata, List<Tensor> tensors) {

  static final int MOST_BYTES = 256 << 20;
  private static final int MOST_HEADER = 16 << 20;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A tensor, row-major. */
  record Tensor(String name, List<Integer> shape, float[] values) {}

  Safetensors {
    metadata = Map.copyOf(metadata);
    tensors = List.copyOf(tensors);
  }

  byte[] bytes() {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    metadata.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> texts.put(e.getKey(), e.getValue()));
    long at = 0;
    for (Tensor tensor : tensors) {
      ObjectNode node = header.putObject(tensor.name());
      node.put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      tensor.shape().forEach(shape::add);
      long end = at + 4L * tensor.values().length;
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(8 + padded + at)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(text);
    for (int i = text.length; i < padded; i++) {
      out.put((byte) ' ');
    }
    for (Tensor tensor : tensors) {
      for (float value : tensor.values()) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  /**
   * @throws ArtefactException if the bytes break the layout in any way, or a value is not finite
   */
  static Safetensors of(byte[] bytes) {
    check(bytes.length >= 8 && bytes.length <= MOST_BYTES, "the file has an impossible size");
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = in.getLong();
    check(
        length >= 2 && length <= Math.min(MOST_HEADER, bytes.length - 8), "the header is cut off");
    byte[] text = new byte[(int) length];
    in.get(text);
    JsonNode header = header(text);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    long at = 0;
    for (Iterator<Map.Entry<String, JsonNode>> i = header.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      if (field.getKey().equals(METADATA)) {
        field
            .getValue()
            .fields()
            .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        Tensor tensor = tensor(field.getKey(), field.getValue(), at, in);
        at += 4L * tensor.values().length;
        tensors.add(tensor);
      }
    }
    check(in.remaining() == 0, "the file goes on after its tensors");
    return new Safetensors(metadata, tensors);
  }

  private static JsonNode header(byte[] text) {
    try {
      JsonNode header = JSON.readTree(text);
      check(header != null && header.isObject(), "the header is not a JSON object");
      return header;
    } catch (IOException e) {
      throw new ArtefactException("the header is not JSON", e);
    }
  }

  /** Tensors must follow each other in the order of the header, so that none can overlap. */
  private static Tensor tensor(String name, JsonNode node, long at, ByteBuffer in) {
    check(node.path("dtype").asText().equals("F32"), "a tensor is not of 32-bit floats");
    check(node.path("shape").isArray() && node.path("shape").size() <= 4, "a tensor has no shape");
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (JsonNode side : node.path("shape")) {
      check(
          side.canConvertToInt() && side.isIntegralNumber() && side.asInt() >= 0,
          "a shape is impossible");
      shape.add(side.asInt());
      size *= side.asInt();
      check(size <= MOST_BYTES / 4, "a tensor is too large");
    }
    JsonNode offsets = node.path("data_offsets");
    boolean follows =
        offsets.isArray()
            && offsets.size() == 2
            && offsets.get(0).isIntegralNumber()
            && offsets.get(0).asLong() == at
            && offsets.get(1).isIntegralNumber()
            && offsets.get(1).asLong() == at + 4 * size;
    check(follows, "a tensor's offsets do not follow the one before");
    check(in.remaining() >= 4 * size, "the file ends within a tensor");
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getFloat();
      check(Float.isFinite(values[i]), "a tensor holds a value that is not finite");
    }
    return new Tensor(name, shape, values);
  }

  /** A metadata text. */
  String text(String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw new ArtefactException("the metadata has no " + key);
    }
    return text;
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new ArtefactException(otherwise);
    }
  }

  /** Reads a metadata text as JSON. */
  <T> T json(ObjectMapper mapper, String key, Class<T> type) {
    try {
      T value = mapper.readValue(text(key), type);
      check(value != null, "the metadata's " + key + " is empty");
      return value;
    } catch (JsonProcessingException e) {
      throw new ArtefactException("the metadata's " + key + " cannot be read", e);
    }
  }
}
