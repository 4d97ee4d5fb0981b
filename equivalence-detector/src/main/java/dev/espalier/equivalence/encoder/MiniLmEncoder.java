package dev.espalier.equivalence.encoder;

import dev.espalier.encoder.SentenceEncoder;
import dev.espalier.equivalence.core.compare.StepEncoder;

/** The quantised all-MiniLM-L6-v2 from its Maven jar. */
public final class MiniLmEncoder implements StepEncoder, AutoCloseable {

  /** What the model was trained on is shorter; the rest of a long step is not looked at. */
  private static final int MAX_TOKENS = 256;

  private final SentenceEncoder encoder;

  private MiniLmEncoder(SentenceEncoder encoder) {
    this.encoder = encoder;
  }

  /** Loads the model, which takes about a tenth of a second. */
  public static MiniLmEncoder load() {
    return new MiniLmEncoder(
        SentenceEncoder.load(
            "all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json", MAX_TOKENS));
  }

  @Override
  public float[] encode(String text) {
    return encoder.encode(text);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
