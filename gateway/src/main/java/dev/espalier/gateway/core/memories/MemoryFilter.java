package dev.espalier.gateway.core.memories;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which memories are meant, in mem0's language of filters: members that all have to hold, and
 * {@code AND}, {@code OR}, {@code NOT} over lists of such filters; a value, {@code *} or an object
 * of operators ({@code in}, {@code eq}, {@code ne}, {@code gt}, {@code gte}, {@code lt}, {@code
 * lte}, {@code contains}, {@code icontains}).
 */
public final class MemoryFilter {

  public static final MemoryFilter ALL = new MemoryFilter(memory -> true, Entities.NONE);

  private static final int MAX_DEPTH = 8;

  private final Predicate<Memory> test;
  private final Entities entities;

  private MemoryFilter(Predicate<Memory> test, Entities entities) {
    this.test = test;
    this.entities = entities;
  }

  public boolean test(Memory memory) {
    return test.test(memory);
  }

  /** What every memory that passes is about, as far as that can be told. */
  public Entities entities() {
    return entities;
  }

  public MemoryFilter and(MemoryFilter other) {
    return new MemoryFilter(test.and(other.test), both(entities, other.entities));
  }

  /** Memories about all of these. */
  public static MemoryFilter about(Entities entities) {
    return new MemoryFilter(memory -> memory.entities().cover(entities), entities);
  }

  public static MemoryFilter notExpired(LocalDate today) {
    return new MemoryFilter(memory -> !memory.isExpired(today), Entities.NONE);
  }

  /**
   * @throws ProblemException {@code request.invalid} for what is no filter
   */
  public static MemoryFilter parse(Map<?, ?> filter) {
    return parse(filter, 0);
  }

  private static MemoryFilter parse(Map<?, ?> filter, int depth) {
    if (depth > MAX_DEPTH) {
      throw refused("too deep");
    }
    MemoryFilter all = ALL;
    for (Map.Entry<?, ?> entry : filter.entrySet()) {
      all = all.and(parse(String.valueOf(entry.getKey()), entry.getValue(), depth));
    }
    return all;
  }

  private static MemoryFilter parse(String member, @Nullable Object value, int depth) {
    switch (member.toUpperCase(Locale.ROOT)) {
      case "AND":
        return parts(value, depth).stream().reduce(ALL, MemoryFilter::and);
      case "OR":
        List<MemoryFilter> either = parts(value, depth);
        return new MemoryFilter(
            memory -> either.stream().anyMatch(part -> part.test(memory)),
            either.size() == 1 ? either.get(0).entities : Entities.NONE);
      case "NOT":
        List<MemoryFilter> none = parts(value, depth);
        return new MemoryFilter(
            memory -> none.stream().noneMatch(part -> part.test(memory)), Entities.NONE);
      default:
        return member(member, value);
    }
  }

  private static List<MemoryFilter> parts(@Nullable Object value, int depth) {
    List<MemoryFilter> parts = new ArrayList<>();
    for (Object part :
        value instanceof List<?> list ? list : List.of(Objects.requireNonNullElse(value, ""))) {
      if (!(part instanceof Map<?, ?> map)) {
        throw refused("AND, OR and NOT have lists of filters");
      }
      parts.add(parse(map, depth + 1));
    }
    return parts;
  }

  private static MemoryFilter member(String member, @Nullable Object value) {
    Optional<EntityKind> kind = EntityKind.ofMember(member);
    if (kind.isPresent() && value instanceof String id && !id.isBlank()) {
      EnumMap<EntityKind, String> asked = new EnumMap<>(EntityKind.class);
      asked.put(kind.get(), id);
      return about(new Entities(asked));
    }
    switch (member) {
      case "metadata":
        return metadata(value);
      case "categories":
        return where(memory -> hasCategory(memory.categories(), value));
      case "memory_ids":
        return where(
            memory -> value instanceof List<?> ids && ids.contains(memory.id().toString()));
      default:
        Predicate<@Nullable Object> holds = value(value);
        return where(memory -> holds.test(own(memory, member)));
    }
  }

  private static MemoryFilter where(Predicate<Memory> test) {
    return new MemoryFilter(test, Entities.NONE);
  }

  private static @Nullable Object own(Memory memory, String member) {
    Optional<EntityKind> kind = EntityKind.ofMember(member);
    if (kind.isPresent()) {
      return memory.entities().id(kind.get()).orElse(null);
    }
    return switch (member) {
      case "created_at" -> memory.createdAt();
      case "updated_at", "timestamp" -> memory.updatedAt();
      case "keywords" -> memory.text();
      case "feedback" -> memory.feedback();
      // What has no meaning of its own is a member of the client's metadata.
      default -> memory.metadata().get(member);
    };
  }

  private static MemoryFilter metadata(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> wanted)) {
      throw refused("metadata has an object");
    }
    return where(
        memory ->
            wanted.entrySet().stream()
                .allMatch(
                    entry ->
                        value(entry.getValue())
                            .test(memory.metadata().get(String.valueOf(entry.getKey())))));
  }

  private static boolean hasCategory(List<String> categories, @Nullable Object value) {
    Object wanted =
        value instanceof Map<?, ?> map && !map.isEmpty() ? map.values().iterator().next() : value;
    return wanted instanceof List<?> list
        ? list.stream().anyMatch(categories::contains)
        : categories.contains(String.valueOf(wanted));
  }

  private static Predicate<@Nullable Object> value(@Nullable Object wanted) {
    if (!(wanted instanceof Map<?, ?> operators)) {
      return Entities.ANY.equals(wanted)
          ? Objects::nonNull
          : own -> wanted == null ? own == null : own != null && compare(own, wanted) == 0;
    }
    Predicate<@Nullable Object> all = own -> true;
    for (Map.Entry<?, ?> operator : operators.entrySet()) {
      all = all.and(operator(String.valueOf(operator.getKey()), operator.getValue()));
    }
    return all;
  }

  private static Predicate<@Nullable Object> operator(String name, @Nullable Object wanted) {
    return switch (name) {
      case "eq" -> value(wanted);
      case "ne" -> value(wanted).negate();
      case "in" -> own -> own != null && wanted instanceof List<?> list && isAmong(own, list);
      case "gt" -> own -> compares(own, wanted) && compare(own, wanted) > 0;
      case "gte" -> own -> compares(own, wanted) && compare(own, wanted) >= 0;
      case "lt" -> own -> compares(own, wanted) && compare(own, wanted) < 0;
      case "lte" -> own -> compares(own, wanted) && compare(own, wanted) <= 0;
      case "contains" -> own -> own != null && own.toString().contains(String.valueOf(wanted));
      case "icontains" ->
          own ->
              own != null
                  && own.toString()
                      .toLowerCase(Locale.ROOT)
                      .contains(String.valueOf(wanted).toLowerCase(Locale.ROOT));
      default -> throw refused("no such operator: " + name);
    };
  }

  private static boolean isAmong(Object own, List<?> wanted) {
    return wanted.stream().anyMatch(one -> one != null && compare(own, one) == 0);
  }

  private static boolean compares(@Nullable Object own, @Nullable Object wanted) {
    return own != null && wanted != null;
  }

  /** By time, by number, else by text. */
  private static int compare(@Nullable Object own, @Nullable Object wanted) {
    if (own instanceof Instant time) {
      return time.compareTo(time(String.valueOf(wanted)));
    }
    if (own instanceof Number a && wanted instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return String.valueOf(own).compareTo(String.valueOf(wanted));
  }

  private static Instant time(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw refused("no time: " + text);
    }
  }

  private static Entities both(Entities a, Entities b) {
    EnumMap<EntityKind, String> both = new EnumMap<>(EntityKind.class);
    both.putAll(a.ids());
    both.putAll(b.ids());
    return new Entities(both);
  }

  private static ProblemException refused(String why) {
    return new ProblemException(Problem.of(ErrorCode.INVALID, "filters: " + why));
  }
}
