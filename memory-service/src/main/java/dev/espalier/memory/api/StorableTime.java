package dev.espalier.memory.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time between the years 1 and 9999, which every store and client can write. Null passes. */
@Documented
@Constraint(validatedBy = StorableTime.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface StorableTime {

  String message() default "must lie between the years 1 and 9999";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks the range. */
  class Validator implements ConstraintValidator<StorableTime, Instant> {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Override
    public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
      return time == null || isStorable(time);
    }

    static boolean isStorable(Instant time) {
      return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
  }
}
