package dev.espalier.gateway.compat.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.gateway.api.BodyReader;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body. What means two things, nothing, or cannot be written again is refused;
 * members that we do not know stay.
 */
final class RequestJson {

  private static final ObjectMapper JSON = strict();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private RequestJson() {}

  /**
   * @throws ProblemException {@code request.malformed_body}
   */
  static JsonObject read(RoutingContext context) {
    Buffer body = BodyReader.of(context);
    if (body.length() == 0) {
      throw malformed("a JSON object is expected", null);
    }
    try {
      Map<String, Object> members = JSON.readValue(body.getBytes(), OBJECT);
      if (members == null) {
        throw malformed("a JSON object is expected", null);
      }
      check(members);
      return new JsonObject(members);
    } catch (JsonProcessingException e) {
      throw malformed("it is no JSON object, or one with a name twice", e);
    } catch (IOException e) {
      throw malformed("it is not UTF-8", e);
    }
  }

  private static void check(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        check(member.getKey());
        check(member.getValue());
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        check(item);
      }
    } else if (value instanceof String text) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw malformed("a text has half a character in it", null);
      }
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      throw malformed("a number is out of range", null);
    }
  }

  private static ProblemException malformed(String detail, @Nullable Throwable cause) {
    return new ProblemException(Problem.of(ErrorCode.MALFORMED_BODY, detail), cause);
  }

  private static ObjectMapper strict() {
    ObjectMapper json = new ObjectMapper();
    StrictJson.configure(json);
    return json;
  }
}
