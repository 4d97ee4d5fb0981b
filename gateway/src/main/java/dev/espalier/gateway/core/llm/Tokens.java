package dev.espalier.gateway.core.llm;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a text may have, without the model's tokenizer.
 *
 * <p>A byte-level tokenizer makes at most one token of a byte: that bound is what is reserved.
 * About four bytes make a token of ordinary text: that is what is charged where the upstream does
 * not say.
 */
public final class Tokens {

  private static final int BYTES_PER_TOKEN = 4;

  /** No tokenizer in use makes tokens that are longer on average. */
  private static final int MOST_BYTES_PER_TOKEN = 24;

  /** What a chat template writes around a message or a list, and more. */
  private static final int AROUND = 8;

  /** More than the common models charge for an image at full detail. */
  private static final int MOST_PER_IMAGE = 3000;

  private Tokens() {}

  public static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The bytes of all texts in a JSON value, without names and images. */
  public static long textBytes(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      return textBytes(object.entrySet());
    }
    if (json instanceof Map.Entry<?, ?> member) {
      return textBytes(member.getValue());
    }
    if (json instanceof Iterable<?> list) {
      long sum = 0;
      for (Object item : list) {
        sum += textBytes(item);
      }
      return sum;
    }
    return json instanceof String text && !isMedium(text) ? bytes(text) : 0;
  }

  /** The likely number of tokens of so many bytes of text. */
  public static long likely(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  /** Below this a claim about so many bytes of text is not to be believed. */
  public static long least(long bytes) {
    return (bytes + MOST_BYTES_PER_TOKEN - 1) / MOST_BYTES_PER_TOKEN;
  }

  /** The most tokens that a JSON value (maps, lists, texts, numbers) can become in a prompt. */
  public static long most(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      return most(object.entrySet());
    }
    if (json instanceof Map.Entry<?, ?> member) {
      return bytes(String.valueOf(member.getKey())) + most(member.getValue());
    }
    if (json instanceof Iterable<?> list) {
      long sum = AROUND;
      for (Object item : list) {
        sum += most(item);
      }
      return sum;
    }
    if (json instanceof String text) {
      return isMedium(text) ? MOST_PER_IMAGE : bytes(text);
    }
    return AROUND;
  }

  /** An image or the like, by value or by address. */
  private static boolean isMedium(String text) {
    return text.startsWith("data:") || text.startsWith("http://") || text.startsWith("https://");
  }
}
