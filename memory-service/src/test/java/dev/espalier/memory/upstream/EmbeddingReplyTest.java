package dev.espalier.memory.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ModelUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingReplyTest {

  @Test
  void takesVectorsByTheirIndexAndToUnitLength() {
    List<float[]> read =
        read("{\"data\":[{\"index\":1,\"embedding\":[0,2]},{\"index\":0,\"embedding\":[3,4]}]}");

    assertArrayEquals(new float[] {0.6f, 0.8f}, read.get(0), 1e-6f);
    assertArrayEquals(new float[] {0, 1}, read.get(1), 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "prose",
        "{\"data\":",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]}]}",
        "{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[1,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":0,\"embedding\":[1,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":2,\"embedding\":[1,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":-1,\"embedding\":[1,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1.0,\"embedding\":[1,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1,0,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[0,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[NaN,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1e999,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1e300,1e300]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[\"1\",0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[null,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":\"AAAA\"}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[1,0]},"
            + "{\"index\":2,\"embedding\":[1,0]}]}"
      })
  void refusesAllOfAReplyThatIsNotAsAsked(String body) {
    assertThrows(ModelUnavailableException.class, () -> read(body));
  }

  private static List<float[]> read(String body) {
    return EmbeddingReply.read(new ObjectMapper(), body, 2, 2);
  }
}
