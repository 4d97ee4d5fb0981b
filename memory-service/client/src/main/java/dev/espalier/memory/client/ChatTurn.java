package dev.espalier.memory.client;

/**
 * A message as it is stored.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content at least one character
 * @param original the framework's own form of the message, where content does not say all; else
 *     empty
 */
record ChatTurn(String role, String content, String original) {

  ChatTurn(String role, String content) {
    this(role, content, "");
  }
}
