package org.quattor.ncm.component;

/** What an action does to its target, for summaries. */
public enum Effect {
  /** Makes what is not there. */
  CREATE("create"),
  /** Changes what is there. */
  CHANGE("change"),
  /** Removes what is there. */
  REMOVE("remove"),
  /** Starts what does not run. */
  START("start"),
  /** Stops what runs. */
  STOP("stop");

  private final String verb;

  Effect(String verb) {
    this.verb = verb;
  }

  /** Returns the verb used in summaries, such as {@code create}. */
  public String verb() {
    return verb;
  }

  /**
   * Returns the effect that a {@link PlannedAction#type} names by its first word; {@link #CHANGE}
   * when it names none.
   */
  static Effect ofType(String type) {
    int dash = type.indexOf('-');
    String first = dash < 0 ? type : type.substring(0, dash);
    for (Effect effect : values()) {
      if (effect.verb.equals(first)) {
        return effect;
      }
    }
    return CHANGE;
  }
}
