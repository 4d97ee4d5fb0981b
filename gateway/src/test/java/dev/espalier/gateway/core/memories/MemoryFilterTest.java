package dev.espalier.gateway.core.memories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.protocol.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFilterTest {

  private static final Memory MEMORY =
      new Memory(
          new MemoryId("0a1b2c3d-0000-4000-8000-000000000001", 3),
          3,
          "user",
          "likes green tea",
          new Entities(Map.of(EntityKind.USER, "ana", EntityKind.RUN, "r1")),
          Map.of("topic", "drinks", "weight", 5),
          List.of("food"),
          LocalDate.parse("2026-03-01"),
          null,
          Instant.parse("2026-02-01T10:00:00Z"),
          Instant.parse("2026-02-02T10:00:00Z"),
          List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | true",
        "{'user_id': 'ana'} | true",
        "{'user_id': 'bob'} | false",
        "{'user_id': '*'} | true",
        "{'agent_id': '*'} | false",
        "{'agent_id': null} | true",
        "{'user_id': {'in': ['bob', 'ana']}} | true",
        "{'user_id': {'ne': 'ana'}} | false",
        "{'AND': [{'user_id': 'ana'}, {'run_id': 'r1'}]} | true",
        "{'AND': [{'user_id': 'ana'}, {'run_id': 'r2'}]} | false",
        "{'OR': [{'user_id': 'bob'}, {'run_id': 'r1'}]} | true",
        "{'NOT': [{'user_id': 'ana'}]} | false",
        "{'NOT': [{'user_id': 'bob'}, {'run_id': 'r2'}]} | true",
        "{'AND': [{'OR': [{'user_id': 'bob'}, {'user_id': 'ana'}]}]} | true",
        "{'metadata': {'topic': 'drinks'}} | true",
        "{'metadata': {'topic': 'sport'}} | false",
        "{'metadata': {'weight': {'gte': 5}}} | true",
        "{'metadata': {'weight': {'gt': 5}}} | false",
        "{'weight': {'lt': 10}} | true",
        "{'created_at': {'gte': '2026-02-01', 'lt': '2026-02-02'}} | true",
        "{'created_at': {'gt': '2026-02-01T10:00:00Z'}} | false",
        "{'categories': {'contains': 'food'}} | true",
        "{'categories': ['sport']} | false",
        "{'keywords': {'icontains': 'GREEN'}} | true",
        "{'keywords': {'contains': 'GREEN'}} | false",
        "{'memory_ids': ['0a1b2c3d-0000-4000-8000-000000000001-3']} | true",
        "{'memory_ids': ['x']} | false"
      })
  void saysWhichMemoriesAreMeant(String filter, boolean isMeant) throws Exception {
    assertEquals(isMeant, parse(filter).test(MEMORY), filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'user_id': 'ana', 'topic': 'x'} | {'user_id': 'ana'}",
        "{'AND': [{'user_id': 'ana'}, {'run_id': '*'}]} | {'user_id': 'ana', 'run_id': '*'}",
        "{'OR': [{'user_id': 'ana'}, {'user_id': 'bob'}]} | {}",
        "{'OR': [{'user_id': 'ana'}]} | {'user_id': 'ana'}",
        "{'NOT': [{'user_id': 'ana'}]} | {}"
      })
  void saysWhatAllOfThemAreAbout(String filter, String entities) throws Exception {
    assertEquals(
        Entities.among(new ObjectMapper().readValue(entities.replace('\'', '"'), Map.class)),
        parse(filter).entities());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'AND': 'x'}",
        "{'OR': [5]}",
        "{'user_id': {'about': 'x'}}",
        "{'metadata': []}",
        "{'AND': [{'AND': [{'AND': [{'AND': [{'AND': [{'AND': [{'AND': [{'AND': [{'AND': [{}]}]}]}]}]}]}]}]}]}"
      })
  void refusesWhatIsNoFilter(String filter) {
    assertThrows(ProblemException.class, () -> parse(filter));
  }

  @Test
  void hidesWhatHasExpired() {
    assertEquals(true, MemoryFilter.notExpired(LocalDate.parse("2026-03-01")).test(MEMORY));
    assertEquals(false, MemoryFilter.notExpired(LocalDate.parse("2026-03-02")).test(MEMORY));
  }

  private static MemoryFilter parse(String filter) throws Exception {
    return MemoryFilter.parse(new ObjectMapper().readValue(filter.replace('\'', '"'), Map.class));
  }
}
