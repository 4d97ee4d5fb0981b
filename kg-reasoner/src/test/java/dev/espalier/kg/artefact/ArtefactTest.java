package dev.espalier.kg.artefact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.kg.core.graph.Names;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.Provenance;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArtefactTest {

  private static final long SEED = 13;

  private final ReasoningModel model = model();
  private final byte[] bytes = ModelArtefact.write(model);

  @Test
  void aModelSurvivesWritingAndReading() {
    ReasoningModel read = ModelArtefact.read(bytes);

    assertEquals(model.config(), read.config());
    assertEquals(model.relations().all(), read.relations().all());
    assertEquals(model.calibration(), read.calibration());
    assertEquals(model.provenance(), read.provenance());
    assertArrayEquals(model.parameters(), read.parameters(), 0);
    assertArrayEquals(bytes, ModelArtefact.write(read));
  }

  @Test
  void whateverIsCutOffIsRefused() {
    for (int length = 0; length < bytes.length; length += 1 + length / 7) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThrows(ArtefactException.class, () -> ModelArtefact.read(part), "length " + length);
    }
    byte[] more = Arrays.copyOf(bytes, bytes.length + 4);
    assertThrows(ArtefactException.class, () -> ModelArtefact.read(more));
  }

  @Test
  void aBrokenHeaderNeverEndsInAnythingButARefusalOrAModel() {
    SplittableRandom random = new SplittableRandom(SEED);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int round = 0; round < 3000; round++) {
      byte[] broken = bytes.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        broken[random.nextInt(8 + header)] = (byte) random.nextInt(128);
      }
      try {
        ModelArtefact.read(broken);
      } catch (ArtefactException refused) {
        assertEquals("kg.artefact_invalid", refused.code(), "seed " + SEED);
      }
    }
  }

  @Test
  void tensorsThatOverlapAreRefused() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";

    assertThrows(ArtefactException.class, () -> Safetensors.of(file(header, new float[3])));
  }

  @Test
  void aShapeThatIsTooLargeIsRefusedBeforeItIsAllocated() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,8]}}";

    assertThrows(ArtefactException.class, () -> Safetensors.of(file(header, new float[2])));
  }

  @Test
  void aValueThatIsNotFiniteIsRefused() {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";

    assertThrows(
        ArtefactException.class, () -> Safetensors.of(file(header, new float[] {Float.NaN})));
  }

  private static byte[] file(String header, float[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(text.length).put(text);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }

  private static ReasoningModel model() {
    ModelConfig config = ModelConfig.of(8, 2, 10);
    Names relations = Names.of(List.of("father", "m\"other\n", "tante"));
    return new ReasoningModel(
        config,
        relations,
        Weights.initial(config, relations.size(), SEED),
        new Calibration(-.1, .2, .3, 40),
        new Provenance("abc", SEED, TrainingConfig.defaults(), 3, 2, .5, 1.25));
  }
}
