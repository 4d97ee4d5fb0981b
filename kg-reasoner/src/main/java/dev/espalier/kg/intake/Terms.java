package dev.espalier.kg.intake;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RDF terms as names, and names as RDF terms. An IRI's name is the IRI, a blank node's is {@code
 * _:label}, a literal's is its N-Triples form. Any other name, such as {@code alice}, becomes the
 * IRI {@code urn:espalier:name:alice} and comes back as it was.
 */
final class Terms {

  private static final String NAME_URN = "urn:espalier:name:";
  private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";
  private static final String ANONYMOUS = "_:~";

  private static final Pattern IRI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]+");
  private static final Pattern BLANK =
      Pattern.compile("_:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"[^\"\\\\\n\r]*+(?:\\\\[tbnrf\"'\\\\][^\"\\\\\n\r]*+)*+\""
              + "(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\\^\\^<[^\\x00-\\x20<>\"{}|^`\\\\]++>)?+");

  private Terms() {}

  static String iri(String iri) {
    if (!iri.startsWith(NAME_URN)) {
      return iri;
    }
    try {
      return URLDecoder.decode(iri.substring(NAME_URN.length()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return iri; // not one that we wrote
    }
  }

  static String blank(String label) {
    return "_:" + label;
  }

  /** A node without a label: its name is only good within its document, until that is known. */
  static String anonymous(long number) {
    return ANONYMOUS + number;
  }

  static boolean isAnonymous(String name) {
    return name.startsWith(ANONYMOUS);
  }

  static String literal(String value, @Nullable String language, String datatype) {
    StringBuilder name = new StringBuilder(value.length() + 16).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> name.append("\\\"");
        case '\\' -> name.append("\\\\");
        case '\n' -> name.append("\\n");
        case '\r' -> name.append("\\r");
        default -> name.append(c);
      }
    }
    name.append('"');
    if (language != null) {
      name.append('@').append(language);
    } else if (!datatype.equals(STRING)) {
      name.append("^^<").append(datatype).append('>');
    }
    return name.toString();
  }

  static boolean isLiteral(String name) {
    return LITERAL.matcher(name).matches();
  }

  static String subject(String name) {
    return BLANK.matcher(name).matches() ? name : predicate(name);
  }

  static String predicate(String name) {
    return "<"
        + (IRI.matcher(name).matches() && !name.startsWith(NAME_URN) ? name : urn(name))
        + ">";
  }

  /** An IRI that {@link #iri} turns back into the name. */
  static String urn(String name) {
    return NAME_URN + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  static String object(String name) {
    return isLiteral(name) ? name : subject(name);
  }
}
