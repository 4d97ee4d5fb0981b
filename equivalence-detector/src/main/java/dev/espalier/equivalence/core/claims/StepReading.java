package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Canonical;
import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import dev.espalier.equivalence.core.text.Tokens;
import dev.espalier.equivalence.core.text.Trigrams;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything that is read from one step, once, before it is compared with others.
 *
 * @param canonical the canonical text
 * @param progress how far it goes
 * @param claims the new facts that it ends with
 * @param numbers every number, repeated ones included
 * @param operands values that enter its computations
 * @param words stems of its words
 * @param trigrams of the canonical key
 * @param goal stems after the last phrase of planning, such as "we first need to find"; of a step
 *     that announces nothing, all its stems
 * @param names proper names
 * @param isNegative whether it denies something
 * @param state the state that it spells out
 * @param answer the final answer that it gives
 */
public record StepReading(
    Canonical canonical,
    Progress progress,
    List<Claim> claims,
    List<String> numbers,
    Set<String> operands,
    Set<String> words,
    Trigrams trigrams,
    Set<String> goal,
    Set<String> names,
    boolean isNegative,
    Optional<String> state,
    Optional<String> answer) {

  /** More than a person asserts in a step. */
  private static final int MAX_CLAIMS = 40;

  private static final int MAX_NUMBERS = 200;

  private static final Set<String> DENIALS =
      Set.of(
          "not",
          "no",
          "never",
          "cannot",
          "can't",
          "isn't",
          "doesn't",
          "don't",
          "won't",
          "aren't",
          "neither",
          "nor",
          "impossible",
          "wasn't",
          "didn't",
          "without");

  private static final Pattern TEX_DENIALS =
      Pattern.compile("\\\\(?:n(?:mid|e|eq|otin|parallel)|not)(?![a-zA-Z])|[≠∤∉∦]");

  public StepReading {
    claims = claims.stream().limit(MAX_CLAIMS).toList();
    numbers = numbers.stream().limit(MAX_NUMBERS).toList();
    operands = Set.copyOf(operands);
    words = Set.copyOf(words);
    goal = Set.copyOf(goal);
    names = Set.copyOf(names);
  }

  /** What an encoder should look at: the goal of a plan, or else the whole step. */
  public String encodedText() {
    if (progress != Progress.ANNOUNCES) {
      return canonical.text();
    }
    String towards = ProgressReader.goalText(canonical.text());
    return towards.length() > 3 ? towards : canonical.text();
  }

  /** The final answer, or else the one number that the step ends with. */
  public Optional<String> finalValue() {
    return answer.or(
        () ->
            claims.size() == 1 && claims.get(0).isNumber()
                ? Optional.of(claims.get(0).value())
                : Optional.empty());
  }

  public static StepReading of(String step, Givens givens) {
    return of(Canonical.of(step), givens);
  }

  public static StepReading of(Canonical canonical, Givens givens) {
    List<Token> tokens = Tokens.of(canonical.text());
    ClaimReader reader = new ClaimReader(givens, tokens);
    List<Claim> claims = reader.conclusions(givens);
    Set<String> words = Words.in(tokens);
    boolean negative =
        tokens.stream().anyMatch(t -> t.is(Kind.WORD) && DENIALS.contains(Stems.lower(t.text())))
            || TEX_DENIALS.matcher(canonical.text()).find();
    Progress progress = ProgressReader.of(Stems.lower(canonical.key()), claims, words, givens);
    if (progress == Progress.DEFINES) {
      words.removeIf(word -> word.startsWith("$"));
    }
    return new StepReading(
        canonical,
        progress,
        claims,
        Numbers.in(tokens),
        reader.operands(),
        words,
        Trigrams.of(canonical.key()),
        progress == Progress.ANNOUNCES ? ProgressReader.goal(canonical.key()) : words,
        Names.in(tokens, givens.names()),
        negative,
        RemainingState.of(canonical.text()),
        FinalAnswer.of(canonical.text()));
  }
}
