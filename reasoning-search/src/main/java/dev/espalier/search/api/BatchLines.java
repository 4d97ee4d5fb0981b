package dev.espalier.search.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.search.api.SearchProblems.FieldError;
import dev.espalier.search.config.SearchConfig;
import dev.espalier.search.core.spec.SearchSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a batch: a search a line, and perhaps a first line for all of them. */
@ApplicationScoped
class BatchLines {

  /** Whoever has more mistakes than that has made one many times. */
  private static final int MAX_ERRORS = 20;

  private final ObjectMapper json;
  private final Validator validator;
  private final SpecReader specs;
  private final SearchConfig config;

  BatchLines(ObjectMapper json, Validator validator, SpecReader specs, SearchConfig config) {
    this.json = json;
    this.validator = validator;
    this.specs = specs;
    this.config = config;
  }

  /**
   * @throws ProblemException {@code request.malformed_body} for a line that is no JSON object,
   *     {@code request.invalid} with the line and member of each mistake
   */
  Batch read(String text) {
    List<FieldError> errors = new ArrayList<>();
    BatchHeader.Settings settings = BatchHeader.NOTHING;
    List<Item> items = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      ObjectNode object = parse(line, number);
      if (items.isEmpty() && object.has("batch")) {
        settings = header(object, number, errors);
      } else if (items.size() >= config.limits().batchItems()) {
        throw invalid("a batch has at most " + config.limits().batchItems() + " searches here");
      } else {
        @Nullable Item item = item(object, settings, number, errors);
        if (item != null) {
          items.add(item);
        }
      }
      if (errors.size() >= MAX_ERRORS) {
        break;
      }
    }
    if (!errors.isEmpty()) {
      throw SearchProblems.invalid(errors);
    }
    if (items.isEmpty()) {
      throw invalid("a batch has at least one search");
    }
    return new Batch(settings, items);
  }

  private BatchHeader.Settings header(ObjectNode object, int line, List<FieldError> errors) {
    @Nullable BatchHeader header = convert(object, BatchHeader.class, line, errors);
    return header == null || header.batch() == null ? BatchHeader.NOTHING : header.batch();
  }

  private @Nullable Item item(
      ObjectNode object, BatchHeader.Settings settings, int line, List<FieldError> errors) {
    if (settings.defaults() != null) {
      settings
          .defaults()
          .forEach(
              (member, value) -> {
                if (!object.has(member)) {
                  object.set(member, json.valueToTree(value));
                }
              });
    }
    @Nullable NewSearch body = convert(object, NewSearch.class, line, errors);
    if (body == null) {
      return null;
    }
    List<FieldError> own = new ArrayList<>();
    SearchSpec spec = specs.read(body, own);
    own.forEach(error -> errors.add(at(line, error.field(), error.message())));
    return new Item(spec, body.metadata() == null ? Map.of() : body.metadata());
  }

  private <T> @Nullable T convert(
      ObjectNode object, Class<T> type, int line, List<FieldError> errors) {
    try {
      T value = json.treeToValue(object, type);
      List<FieldError> broken =
          validator.validate(value).stream()
              .map(it -> at(line, snakeCase(it.getPropertyPath().toString()), it.getMessage()))
              .sorted((a, b) -> a.toString().compareTo(b.toString()))
              .toList();
      errors.addAll(broken);
      return broken.isEmpty() ? value : null;
    } catch (JsonProcessingException e) {
      errors.add(at(line, "", "has a member that is unknown here or of another type"));
      return null;
    }
  }

  private ObjectNode parse(String line, int number) {
    try {
      JsonNode node = json.readTree(line);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Reported below, like any other line that is no object.
    }
    throw new ProblemException(
        Problem.of(ErrorCode.MALFORMED_BODY, "line " + number + " is no JSON object"));
  }

  private static FieldError at(int line, String field, String message) {
    return new FieldError(
        field.isEmpty() ? "line " + line : "line " + line + ": " + field, message);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.of(ErrorCode.INVALID, detail));
  }

  /** What was read. */
  record Batch(BatchHeader.Settings settings, List<Item> items) {}

  /** One search of it. */
  record Item(SearchSpec spec, Map<String, Object> metadata) {}
}
