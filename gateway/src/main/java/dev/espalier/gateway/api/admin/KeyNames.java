package dev.espalier.gateway.api.admin;

import java.util.regex.Pattern;

/** How a key is called where it may be a configured one: by its name there, else by its id. */
final class KeyNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private KeyNames() {}

  static boolean isKey(String text) {
    return NAME.matcher(text).matches();
  }
}
