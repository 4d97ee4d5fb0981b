package dev.espalier.memory.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.api.TransferBody.Entry;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Reads and checks an export line by line; a refusal names the line. */
final class NdjsonReader {

  private final BufferedReader lines;
  private final ObjectMapper json;
  private final Validator validator;
  private long number;

  NdjsonReader(byte[] body, ObjectMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
    lines =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(body),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /**
   * The next line that is not blank, or null at the end.
   *
   * @throws ProblemException {@code request.malformed_body}, {@code request.invalid}
   */
  @Nullable Entry next() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          return checked(json.readValue(line, Entry.class));
        }
      }
      return null;
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw refuse(ErrorCode.MALFORMED_BODY, "is no line of an export");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A refusal of the line read last. */
  ProblemException refuse(ErrorCode code, String why) {
    return new ProblemException(Problem.of(code, "line " + number + " " + why));
  }

  private Entry checked(@Nullable Entry entry) {
    if (entry == null) {
      throw refuse(ErrorCode.MALFORMED_BODY, "is no line of an export");
    }
    validator.validate(entry).stream()
        .min(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
        .ifPresent(
            violation -> {
              throw refuse(ErrorCode.INVALID, text(violation));
            });
    return entry;
  }

  private static String text(ConstraintViolation<Entry> violation) {
    return violation.getPropertyPath() + " " + violation.getMessage();
  }
}
