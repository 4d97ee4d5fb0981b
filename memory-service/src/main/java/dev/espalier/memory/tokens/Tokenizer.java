package dev.espalier.memory.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.espalier.memory.core.TokenCounter;

/** The tokenizers a context can be measured with. */
public enum Tokenizer {
  /** OpenAI's models since GPT-4o. */
  O200K {
    @Override
    public TokenCounter counter() {
      return bytePairs(EncodingType.O200K_BASE);
    }
  },
  /** OpenAI's models from GPT-3.5 to GPT-4. */
  CL100K {
    @Override
    public TokenCounter counter() {
      return bytePairs(EncodingType.CL100K_BASE);
    }
  },
  /** A quarter of the characters, rounded up: a rule of thumb for models we do not know. */
  CHARS {
    @Override
    public TokenCounter counter() {
      return text -> (text.length() + 3) / 4;
    }
  };

  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

  public abstract TokenCounter counter();

  private static TokenCounter bytePairs(EncodingType type) {
    Encoding encoding = REGISTRY.getEncoding(type);
    return encoding::countTokensOrdinary;
  }
}
