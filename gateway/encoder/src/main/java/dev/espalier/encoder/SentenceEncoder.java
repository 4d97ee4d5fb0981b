package dev.espalier.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A BERT-like sentence encoder from the class path, on ONNX Runtime: the mean of the token states,
 * scaled to length one. Safe for use by several threads.
 */
public final class SentenceEncoder implements AutoCloseable {

  /*
   * One text at a time and one thread per text: dynamic quantisation takes its scale from the whole
   * batch, so in a batch the same text gets another vector (cosine .995), and padding makes batches
   * slower besides. Cost: 7-10 ms of one core for a chat turn on a model of 33 million parameters.
   */

  /** Far more than any model's tokens, in any script; the rest of a longer text would be cut. */
  private static final int MAX_CHARACTERS = 8192;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final String modelHash;

  private SentenceEncoder(
      OrtEnvironment environment,
      OrtSession session,
      HuggingFaceTokenizer tokenizer,
      String modelHash) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
    this.modelHash = modelHash;
  }

  /**
   * Loads a model, which takes some tenths of a second.
   *
   * @param modelFile the ONNX file's name on the class path
   * @param tokenizerFile the name of the tokenizer's JSON file there
   * @param maxTokens how much of a text is read
   * @throws IllegalStateException if a file is missing or is no model
   */
  public static SentenceEncoder load(String modelFile, String tokenizerFile, int maxTokens) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (InputStream model = open(modelFile);
        InputStream tokenizer = open(tokenizerFile);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      byte[] weights = model.readAllBytes();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new SentenceEncoder(
          environment,
          environment.createSession(weights, options),
          HuggingFaceTokenizer.newInstance(
              tokenizer,
              Map.of(
                  "padding", "false",
                  "truncation", "true",
                  "maxLength", Integer.toString(maxTokens))),
          sha256(weights));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException(modelFile + " does not load", e);
    }
  }

  /** The SHA-256 of the model file, in hexadecimal. */
  public String modelHash() {
    return modelHash;
  }

  /**
   * The text's vector.
   *
   * @return a unit vector of the model's dimension
   * @throws IllegalStateException if the model fails
   */
  public float[] encode(String text) {
    Encoding encoding = tokenizer.encode(head(text));
    try (OnnxTensor ids = tensor(encoding.getIds());
        OnnxTensor mask = tensor(encoding.getAttentionMask());
        OnnxTensor types = tensor(encoding.getTypeIds());
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return unitMean(((float[][][]) result.get(0).getValue())[0]);
    } catch (OrtException e) {
      throw new IllegalStateException("the encoder failed", e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the encoder cannot be closed", e);
    }
  }

  /** The start of the text, with no character cut in two. */
  private static String head(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    boolean cutsAPair = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
    return text.substring(0, cutsAPair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS);
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[] unitMean(float[][] states) {
    float[] mean = new float[states[0].length];
    for (float[] state : states) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += state[i];
      }
    }
    double squares = 0;
    for (float value : mean) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= scale;
    }
    return mean;
  }

  private static InputStream open(String file) {
    InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(file);
    if (in == null) {
      throw new IllegalStateException(file + " is not on the class path");
    }
    return in;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
