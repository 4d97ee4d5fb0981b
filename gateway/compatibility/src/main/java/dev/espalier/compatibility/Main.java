package dev.espalier.compatibility;

import java.net.URI;

/**
 * {@code upstream PORT} is a model with known answers, {@code clients URL KEY} runs the clients.
 */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (command.equals("upstream") && arguments.length == 2) {
      ScriptedUpstream.start(Integer.parseInt(arguments[1]));
    } else if (command.equals("clients") && arguments.length == 3) {
      Checks checks = new Checks();
      URI gateway = URI.create(arguments[1]);
      McpSdk.run(checks, gateway, arguments[2]);
      OpenAiJava.run(checks, gateway, arguments[2]);
      LangChain.run(checks, gateway, arguments[2]);
      SpringAi.run(checks, gateway, arguments[2]);
      // Clients keep threads of their own.
      System.exit(checks.failures() == 0 ? 0 : 1);
    } else {
      System.err.println("usage: compatibility upstream PORT | clients URL KEY");
      System.exit(2);
    }
  }
}
