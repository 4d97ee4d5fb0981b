package dev.espalier.kg.reasoning;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts tokens as o200k_base does. */
@ApplicationScoped
public class Tokens {

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  public int count(String text) {
    return encoding.countTokensOrdinary(text);
  }
}
