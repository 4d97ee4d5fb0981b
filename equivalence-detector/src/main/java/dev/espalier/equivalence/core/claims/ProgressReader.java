package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Tokens;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells how far a step goes from its claims, its words and a few phrases of planning. */
final class ProgressReader {

  /** Share of a step's words that the problem must hold for the step to be a repetition. */
  private static final double REPETITION = 0.8;

  /** Words that a repetition of the problem adds without saying anything. */
  private static final Set<String> FILLERS =
      Set.of(
          "initially",
          "original",
          "originally",
          "start",
          "beginn",
          "begin",
          "current",
          "currently",
          "problem",
          "state",
          "question",
          "give",
          "already",
          "tell");

  private static final Pattern DEFINITION =
      Pattern.compile(
          "\\blet (?:us )?(?:\\S+ ){1,6}(?:be|denote|represent|stand)\\b"
              + "|\\b(?:let's|let us|we(?: can| will)?) (?:denote|call)\\b"
              + "|\\bcall (?:the|this|these|it|them)\\b|\\blet's say\\b|\\b(?:denote|represents?|denotes) the\\b");

  private static final Pattern OPENER =
      Pattern.compile(
          "\\bhere(?:'s| is| are)\\b.{0,60}\\b(?:solv|solution|how|steps?|find|break|calculat)"
              + "|\\bstep[- ]by[- ]step\\b|\\blet'?s (?:us )?(?:break|solve|start|begin|think|work)"
              + "|\\b(?:let us|we can|we will|we'll) (?:break|start|begin|solve this|solve the problem)"
              + "|^(?:the )?(?:given|following|known)(?: the)?(?: following)? information"
              + "|^given:?$|\\bthe (?:given )?information (?:given|provided)"
              + "|^(?:solution|answer|explanation|reasoning)[:.]?$|^sure\\b|^to solve (?:this|the) "
              + "(?:problem|question)[^,]{0,20}(?:follow|step|break)");

  private static final Pattern PLAN =
      Pattern.compile(
          "\\bneeds? to\\b|\\b(?:we|i) (?:must|should|want|will|have to|first|then|now"
              + "|(?:can|could)(?! (?:see|conclude|say|observe|note|deduce|infer))"
              + "|calculate|find|determine|compute|use|apply|look|consider|solve|add|subtract|multiply"
              + "|divide|simplify|begin|start|try|need|set|count|examine|group|pair|complete|square"
              + "|evaluate|check|test|rewrite|factor|expand|draw|sketch|plug|substitute|multiply)\\b"
              + "|\\bi'll\\b|\\bwe'll\\b|\\b(?:goal|idea|plan) is to\\b"
              + "|\\blet'?s\\b|\\blet us\\b"
              + "|^to (?:find|determine|calculate|compute|get|solve|simplify|evaluate|figure)\\b"
              + "|^(?:find|calculate|determine|compute|identify|consider|use|apply|solve|add|subtract"
              + "|multiply|divide|simplify|expand|factor|rewrite|substitute|set|evaluate|group|pair|write"
              + "|express|complete|count|distribute)\\b"
              + "|\\bour (?:goal|task|aim)\\b|\\bthe (?:next|first) step\\b|\\bwe're (?:asked|looking)");

  private static final Pattern GETS_UNDER_WAY =
      Pattern.compile(
          "\\bneed|\\bto find\\b|\\b(?:find|calculat|determin|comput|identify)(?:e|ing)?\\b");

  /** What stands before the goal of a plan, up to its verb. */
  private static final Pattern TOWARDS_GOAL =
      Pattern.compile(
          ".*\\b(?:needs? to|have to|must|should|let'?s|let us|(?:we|i) (?:can|will|first|then|now|want to)|goal is to|first)\\b"
              + "(?: first| start by| begin by|,)*");

  private ProgressReader() {}

  /** Stems of what a plan is after. */
  static Set<String> goal(String key) {
    return Words.in(Tokens.of(goalText(key)));
  }

  static String goalText(String text) {
    return TOWARDS_GOAL.matcher(Stems.lower(text)).replaceFirst("").strip();
  }

  static Progress of(String key, List<Claim> claims, Set<String> words, Givens givens) {
    if (!claims.isEmpty()) {
      return Progress.COMPUTES;
    }
    if (DEFINITION.matcher(key).find()) {
      return Progress.DEFINES;
    }
    boolean opener = OPENER.matcher(key).find();
    if (opener && !GETS_UNDER_WAY.matcher(OPENER.matcher(key).replaceAll("")).find()) {
      return Progress.NOTHING_NEW;
    }
    if (PLAN.matcher(key).find()) {
      return Progress.ANNOUNCES;
    }
    long known =
        words.stream().filter(w -> givens.words().contains(w) || FILLERS.contains(w)).count();
    boolean repeats = words.isEmpty() || known >= REPETITION * words.size();
    return opener || (repeats && !givens.words().isEmpty())
        ? Progress.NOTHING_NEW
        : Progress.STATES;
  }
}
