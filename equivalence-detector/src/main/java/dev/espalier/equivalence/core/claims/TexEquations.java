package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds mathematics in LaTeX spans: each line on its own, without labels and units in words. */
final class TexEquations {

  private static final Pattern TEXT =
      Pattern.compile(
          "\\\\(?:text|textbf|textit|mathrm|mbox|operatorname)\\s*\\{([^{}]*)\\}(?:\\^\\{?[23]\\}?)?");

  private static final Pattern BOXED = Pattern.compile("\\\\(?:boxed|fbox)\\s*(?=\\{)");
  private static final Pattern LINES =
      Pattern.compile(
          "\\\\\\\\|\\\\implies|\\\\Rightarrow|\\\\Longrightarrow|\\\\quad\\\\text|;|\\\\qquad");
  private static final Pattern LIST =
      Pattern.compile(",(?=\\s*(?:\\\\?[ ,;]\\s*)*[A-Za-z](?:_\\w)?\\s*=)");

  private static final Pattern LABEL = Pattern.compile("^[A-Za-z\\s]{2,60}(?==)");

  private TexEquations() {}

  static List<Equation> in(List<Token> tokens) {
    List<Equation> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(Kind.MATHS)) {
        for (String line : LINES.split(tokens.get(i).text())) {
          for (String part : LIST.split(line)) {
            read(part, i, found);
          }
        }
      }
    }
    return found;
  }

  private static void read(String line, int token, List<Equation> found) {
    String maths = BOXED.matcher(line).replaceAll("");
    List<String> units = new ArrayList<>();
    boolean labelled = false;
    Matcher text = TEXT.matcher(maths);
    StringBuilder rest = new StringBuilder();
    while (text.find()) {
      boolean label = maths.substring(0, text.start()).isBlank();
      labelled |= label && maths.substring(text.end()).stripLeading().startsWith("=");
      if (!label) {
        units.clear();
        for (String word : text.group(1).split("[^\\p{L}]+")) {
          if (word.length() > 1 && !Stems.isEmpty(word)) {
            units.add(Stems.of(word));
          }
        }
      }
      text.appendReplacement(rest, " ");
    }
    text.appendTail(rest);
    String stripped = rest.toString().strip();
    while (stripped.startsWith("=")) {
      stripped = stripped.substring(1).strip();
    }
    while (!stripped.isEmpty() && ".,;:".indexOf(stripped.charAt(stripped.length() - 1)) >= 0) {
      stripped = stripped.substring(0, stripped.length() - 1).strip();
    }
    if (stripped.isEmpty()) {
      return;
    }
    boolean currency = maths.contains("\\$");
    Optional<Relation> relation = MathsReader.read(stripped);
    if (relation.isEmpty()) {
      Matcher label = LABEL.matcher(stripped);
      int last = stripped.lastIndexOf('=');
      if (label.find() || last > 0) {
        String side = stripped.substring(last + 1).strip();
        found.add(
            new Equation(MathsReader.read(side), side, token, token + 1, units, currency, true));
        return;
      }
    }
    found.add(new Equation(relation, stripped, token, token + 1, units, currency, labelled));
  }
}
