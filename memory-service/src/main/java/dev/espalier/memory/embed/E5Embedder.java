package dev.espalier.memory.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingModel;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** e5-small-v2 (Wang et al., arXiv 2212.03533), int8, from the class path, on ONNX Runtime. */
@Singleton
public class E5Embedder implements Embedder {

  /*
   * The model's recipe: the prefix says whether a text asks or answers, the vector is the mean of the
   * token states, scaled to length one. One text at a time and one thread per text: dynamic
   * quantisation takes its scale from the whole batch, so in a batch the same text gets another
   * vector, and padding makes batches slower besides. Cost: 7-10 ms of one core for a turn.
   */
  private static final String NAME = "e5-small-v2";
  private static final String MODEL_FILE = "/e5-small-v2-q.onnx";
  private static final String TOKENIZER_FILE = "/e5-small-v2-q-tokenizer.json";
  private static final String PASSAGE_PREFIX = "passage: ";
  private static final String QUERY_PREFIX = "query: ";
  private static final int DIMENSIONS = 384;
  private static final int MAX_TOKENS = 512;

  /** Far more than 512 tokens of any script; the rest of a longer text would be cut anyway. */
  private static final int MAX_CHARACTERS = 8192;

  private final EmbeddingModel model;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;

  public E5Embedder() {
    byte[] weights = read(MODEL_FILE);
    model =
        new EmbeddingModel(NAME, sha256(weights), "int8", PASSAGE_PREFIX, QUERY_PREFIX, DIMENSIONS);
    try (InputStream in = open(TOKENIZER_FILE);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              in,
              Map.of(
                  "padding", "false",
                  "truncation", "true",
                  "maxLength", Integer.toString(MAX_TOKENS)));
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      environment = OrtEnvironment.getEnvironment();
      session = environment.createSession(weights, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model does not load", e);
    }
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public float[] embedPassage(String text) {
    return embed(PASSAGE_PREFIX + text);
  }

  @Override
  public float[] embedQuery(String text) {
    return embed(QUERY_PREFIX + text);
  }

  @PreDestroy
  void close() throws OrtException {
    session.close();
    tokenizer.close();
  }

  private float[] embed(String text) {
    Encoding encoding = tokenizer.encode(head(text));
    try (OnnxTensor ids = tensor(encoding.getIds());
        OnnxTensor mask = tensor(encoding.getAttentionMask());
        OnnxTensor types = tensor(encoding.getTypeIds());
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return unit(((float[][][]) result.get(0).getValue())[0]);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed", e);
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

  /** The mean of the token states, scaled to length one. */
  private static float[] unit(float[][] states) {
    float[] sum = new float[states[0].length];
    for (float[] state : states) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += state[i];
      }
    }
    double squares = 0;
    for (float value : sum) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scale;
    }
    return sum;
  }

  private static InputStream open(String file) {
    InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(file.substring(1));
    if (in == null) {
      throw new IllegalStateException(file + " is not on the class path");
    }
    return in;
  }

  private static byte[] read(String file) {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
