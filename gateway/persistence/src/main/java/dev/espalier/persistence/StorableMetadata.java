package dev.espalier.persistence;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata small, shallow and clean enough to keep. Null passes. */
@Documented
@Constraint(validatedBy = StorableMetadata.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface StorableMetadata {

  /** Characters of all keys and texts together, with 8 more for every member and element. */
  int MAX_SIZE = 16_384;

  int MAX_DEPTH = 8;

  String message() default
      "must have at most 16,384 characters and 8 levels, storable text and finite numbers";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Walks the members. */
  class Validator implements ConstraintValidator<StorableMetadata, Map<String, Object>> {

    private static final int COST = 8;
    private static final int REFUSED = MAX_SIZE + 1;

    @Override
    public boolean isValid(
        @Nullable Map<String, Object> metadata, ConstraintValidatorContext context) {
      return metadata == null || size(metadata, 1) <= MAX_SIZE;
    }

    private static int size(@Nullable Object value, int depth) {
      if (depth > MAX_DEPTH) {
        return REFUSED;
      }
      if (value instanceof Map<?, ?> members) {
        int size = COST;
        for (Map.Entry<?, ?> member : members.entrySet()) {
          size = sum(size, size(member.getKey(), depth));
          size = sum(size, size(member.getValue(), depth + 1));
        }
        return size;
      }
      if (value instanceof Collection<?> elements) {
        int size = COST;
        for (Object element : elements) {
          size = sum(size, size(element, depth + 1));
        }
        return size;
      }
      if (value instanceof String text) {
        return StorableText.Validator.isStorable(text)
            ? Math.min(COST + text.length(), REFUSED)
            : REFUSED;
      }
      if (value instanceof Number number) {
        return Double.isFinite(number.doubleValue()) ? COST : REFUSED;
      }
      return COST;
    }

    private static int sum(int a, int b) {
      return Math.min(a + b, REFUSED);
    }
  }
}
