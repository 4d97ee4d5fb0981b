package dev.espalier.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.persistence.Idempotency.Answer;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests that may carry an {@code Idempotency-Key}. */
@ApplicationScoped
public class IdempotentRequests {

  public static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final TenantTransactions transactions;
  private final Idempotency idempotency;
  private final ObjectMapper json;

  IdempotentRequests(TenantTransactions transactions, Idempotency idempotency, ObjectMapper json) {
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.json = json;
  }

  /**
   * Runs the effect in one unit of work, once per key.
   *
   * @param tenant whose key and effect it is
   * @param deadline when the answer is of no more use
   * @param key the header's value; null runs the effect every time
   * @param address what the request was sent to: the same key elsewhere is another request
   * @param resource which resource an answer belongs to
   * @return the answer as JSON
   */
  public <T> String run(
      String tenant,
      Instant deadline,
      @Nullable String key,
      String address,
      Object request,
      Function<T, UUID> resource,
      Supplier<T> effect) {
    Supplier<Answer> answer =
        () -> {
          T done = effect.get();
          return new Answer(write(done), resource.apply(done));
        };
    if (key == null) {
      return transactions.in(tenant, deadline, answer).body();
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, HEADER + " is 1 to 255 printable characters"));
    }
    byte[] hash = hash(address, write(request));
    return transactions
        .in(tenant, deadline, () -> idempotency.once(tenant, key, hash, answer))
        .body();
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body that is no JSON", e);
    }
  }

  private static byte[] hash(String address, String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(address.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.digest(body.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
