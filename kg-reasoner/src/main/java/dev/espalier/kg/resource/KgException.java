package dev.espalier.kg.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Why the service refused, with a stable code. */
public final class KgException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable reasons. */
  public enum Reason {
    KG_NOT_FOUND,
    MODEL_NOT_FOUND,
    JOB_NOT_FOUND,
    MALFORMED_TRIPLES,
    TRIPLES_TOO_LARGE,
    ENTITY_NOT_FOUND,
    RELATION_NOT_FOUND,
    NO_MODEL,
    RELATIONS_NOT_COVERED,
    GRAPH_EMPTY,
    GRAPH_TOO_LARGE,
    INVALID_CONFIG,
    MALFORMED_ARTEFACT,
    JOB_FINISHED,
    TOO_MANY_JOBS
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
