package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiMergeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenApiMerge merge = new OpenApiMerge(100, 40);

  @Test
  void takesPathsAndTagsOfAllServices() {
    add("memory", parse("{'tags': [{'name': 'turns'}], 'paths': {'/v1/a': {'get': {}}}}"));
    add("equivalence", parse("{'tags': [{'name': 'pairs'}], 'paths': {'/v1/b': {}}}"));

    assertEquals("[\"/v1/a\",\"/v1/b\"]", names(document().path("paths")));
    assertEquals(List.of("pairs", "turns"), document().path("tags").findValuesAsText("name"));
  }

  @Test
  void keepsOneOfTwoEqualComponents() {
    String problem = "{'components': {'schemas': {'Problem': {'type': 'object'}}}}";

    add("memory", parse(problem));
    add("equivalence", parse(problem));

    assertEquals("[\"Problem\"]", names(document().path("components").path("schemas")));
  }

  @Test
  void renamesWhatTwoServicesDefineDifferently() {
    add("memory", parse("{'components': {'schemas': {'Pair': {'type': 'object'}}}}"));
    add(
        "equivalence",
        parse(
            """
            {'components': {'schemas': {'Pair': {'type': 'array'}}},
             'paths': {'/v1/b': {'get': {'x': {'$ref': '#/components/schemas/Pair'}}}}}
            """));

    JsonNode schemas = document().path("components").path("schemas");
    assertEquals("object", schemas.path("Pair").path("type").asText());
    assertEquals("array", schemas.path("equivalence_Pair").path("type").asText());
    assertEquals(
        "#/components/schemas/equivalence_Pair",
        document().path("paths").path("/v1/b").findValue("$ref").asText());
  }

  @Test
  void renamesWhatRefersToTheRenamed() {
    String list = "'List': {'items': {'$ref': '#/components/schemas/Item'}}";
    add("a", parse("{'components': {'schemas': {'Item': {'type': 'x'}, " + list + "}}}"));
    add("b", parse("{'components': {'schemas': {'Item': {'type': 'y'}, " + list + "}}}"));

    JsonNode schemas = document().path("components").path("schemas");
    assertEquals("[\"Item\",\"List\",\"b_Item\",\"b_List\"]", names(schemas));
    assertEquals("#/components/schemas/Item", schemas.path("List").findValue("$ref").asText());
    assertEquals("#/components/schemas/b_Item", schemas.path("b_List").findValue("$ref").asText());
  }

  @Test
  void asksForTheKeyWhateverTheServiceSaid() {
    add(
        "memory",
        parse(
            """
            {'components': {'securitySchemes': {'basic': {}}},
             'paths': {'/v1/a': {'get': {'security': [], 'summary': 's'}}}}
            """));

    JsonNode operation = document().path("paths").path("/v1/a").path("get");
    assertFalse(operation.has("security"));
    assertEquals("s", operation.path("summary").asText());
    assertEquals("[\"api_key\"]", names(document().path("components").path("securitySchemes")));
    assertEquals("[{\"api_key\":[]}]", document().path("security").toString());
  }

  @Test
  void namesAServiceThatIsMissing() {
    add("memory", Map.of());
    merge.addMissing("equivalence");

    assertEquals("[\"equivalence\"]", document().path("x-espalier-missing-services").toString());
  }

  private void add(String service, Map<String, ?> document) {
    merge.add(service, document, 1_000);
  }

  private JsonNode document() {
    return JSON.valueToTree(merge.document("Espalier", "1"));
  }

  private static String names(JsonNode object) {
    return JSON.valueToTree(object.properties().stream().map(Map.Entry::getKey).sorted().toList())
        .toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parse(String singleQuoted) {
    try {
      return JSON.readValue(singleQuoted.replace('\'', '"'), Map.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
