package dev.espalier.kg.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Why the service refused, with a stable code. */
public final class KgException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable reasons. */
  public enum Reason {
    KG_NOT_FOUND("not_found"),
    MODEL_NOT_FOUND("model_not_found"),
    JOB_NOT_FOUND("job_not_found"),
    MALFORMED_TRIPLES("malformed_triples"),
    ENTITY_NOT_FOUND("entity_not_found"),
    RELATION_NOT_FOUND("relation_not_found"),
    NO_MODEL("no_model"),
    RELATION_NOT_COVERED("relation_not_covered"),
    GRAPH_EMPTY("graph_empty"),
    GRAPH_TOO_LARGE("graph_too_large"),
    INVALID_CONFIG("invalid_config"),
    MALFORMED_ARTEFACT("malformed_artefact"),
    JOB_FINISHED("job_finished"),
    TOO_MANY_JOBS("too_many_jobs"),
    TRIPLE_IN_GRAPH("triple_in_graph");

    private final String code;

    Reason(String code) {
      this.code = "kg." + code;
    }

    /** The code that clients see. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;
  private final transient Map<String, Object> facts;

  public KgException(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  private KgException(Reason reason, String detail, Map<String, Object> facts) {
    super(detail);
    this.reason = reason;
    this.facts = facts;
  }

  /** The same with a further fact for the client. */
  public KgException with(String fact, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(fact, value);
    return new KgException(reason, String.valueOf(getMessage()), more);
  }

  public static KgException kgNotFound() {
    return new KgException(Reason.KG_NOT_FOUND, "no graph has this id");
  }

  public static KgException modelNotFound() {
    return new KgException(Reason.MODEL_NOT_FOUND, "no model has this id");
  }

  public static KgException jobNotFound() {
    return new KgException(Reason.JOB_NOT_FOUND, "no job has this id");
  }

  public static KgException entityNotFound(String name) {
    return new KgException(Reason.ENTITY_NOT_FOUND, "the graph has no such entity")
        .with("entity", name);
  }

  public static KgException relationNotFound(String name) {
    return new KgException(Reason.RELATION_NOT_FOUND, "the graph has no such relation")
        .with("relation", name);
  }

  public static KgException noModel(UUID kg) {
    return new KgException(
        Reason.NO_MODEL, "the graph has no model yet: train one, or name another graph's as model");
  }

  public Reason reason() {
    return reason;
  }

  /** Further facts for the client, such as {@code line}. */
  public Map<String, Object> facts() {
    return facts;
  }
}
