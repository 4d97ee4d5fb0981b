package dev.espalier.kg.artefact;

/** A file that is not a model or checkpoint of ours. Trying again does not help. */
public final class ArtefactException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ArtefactException(String message) {
    super(message);
  }

  ArtefactException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The stable code of all of these. */
  public String code() {
    return "kg.artefact_invalid";
  }
}
