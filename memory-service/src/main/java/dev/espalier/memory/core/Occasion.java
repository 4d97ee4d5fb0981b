package dev.espalier.memory.core;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Who said a turn, and when.
 *
 * @param speaker null where the turn names none
 * @param day in UTC
 */
public record Occasion(@Nullable String speaker, LocalDate day) {}
