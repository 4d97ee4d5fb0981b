package dev.espalier.search.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.espalier.search.core.spec.StrategySpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Values of the core as PostgreSQL's jsonb takes and gives them. What is stored may have been
 * written by a newer version: members that this one does not know are passed over.
 */
@ApplicationScoped
public class SearchJson {

  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final ObjectMapper json =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // A component "isRetry" is the member "is_retry", and no second one "retry".
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .addModule(new JavaTimeModule())
          .addMixIn(StrategySpec.class, NamedStrategy.class)
          .build();

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a value that is no JSON", e);
    }
  }

  <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON that is no " + type.getSimpleName(), e);
    }
  }

  Map<String, Object> readMembers(String text) {
    try {
      return json.readValue(text, MEMBERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored metadata that is no JSON", e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StrategySpec.MonteCarlo.class, name = "mcts"),
    @JsonSubTypes.Type(value = StrategySpec.Beam.class, name = "beam"),
    @JsonSubTypes.Type(value = StrategySpec.BestOfN.class, name = "best_of_n")
  })
  private interface NamedStrategy {}
}
