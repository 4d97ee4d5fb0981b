package dev.espalier.search.upstream.http;

import dev.espalier.search.core.ledger.Usage;

/** An answer of status 200 that is of no use. */
public final class MalformedAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient Usage usage;

  /**
   * @param what is wrong, in our words; never a part of the answer
   * @param usage what it cost all the same
   */
  public MalformedAnswerException(String what, Usage usage) {
    this("upstream.malformed", what, usage);
  }

  public MalformedAnswerException(String code, String what, Usage usage) {
    super(what);
    this.code = code;
    this.usage = usage;
  }

  public String code() {
    return code;
  }

  public Usage usage() {
    return usage;
  }
}
