package dev.espalier.gateway.ops;

/** The names of OpenTelemetry's semantic conventions for generative AI that we use. */
final class GenAi {

  static final String OPERATION = "gen_ai.operation.name";
  static final String MODEL = "gen_ai.request.model";
  static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  static final String TOKEN_TYPE = "gen_ai.token.type";
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String ERROR_TYPE = "error.type";

  /** A histogram of seconds. */
  static final String DURATION = "gen_ai.client.operation.duration";

  /** A histogram of tokens, by {@link #TOKEN_TYPE}. */
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";

  private GenAi() {}
}
