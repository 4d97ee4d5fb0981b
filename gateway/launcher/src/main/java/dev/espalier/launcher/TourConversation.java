package dev.espalier.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Two people plan a garden; the answer to the question is said in other words than it asks. */
final class TourConversation {

  static final String QUESTION = "Which pet does Mira own, and what is it afraid of?";

  private record Said(String speaker, String content) {}

  private static final List<Said> TURNS =
      List.of(
          new Said("Mira", "We finally got the keys to the house on Larch Lane."),
          new Said("Tom", "Congratulations! Does it have a garden?"),
          new Said("Mira", "A narrow one. I want pear trees along the south wall, trained flat."),
          new Said("Tom", "Plant them in November, while they sleep. I can lend you my spade."),
          new Said("Mira", "Gladly. Biscuit will dig too, like every terrier would."),
          new Said("Tom", "Is he still hiding under the bed when it thunders?"),
          new Said("Mira", "Every single time. Only the radio calms him down."),
          new Said("Tom", "Poor fellow. Will you keep the old greenhouse?"),
          new Said("Mira", "No, two panes are broken. The tomatoes can grow by the kitchen door."),
          new Said("Tom", "Then Saturday at nine, and I bring the wire and the vine eyes."));

  private TourConversation() {}

  /** The turns as the append call takes them. */
  static ArrayNode turns() {
    ArrayNode turns = JsonNodeFactory.instance.arrayNode();
    for (Said said : TURNS) {
      turns
          .addObject()
          .put("role", "user")
          .put("speaker", said.speaker())
          .put("content", said.content());
    }
    return turns;
  }
}
