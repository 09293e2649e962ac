package org.quattor.ncm.example;

import org.quattor.ncm.component.Component;
import org.quattor.ncm.component.ComponentProvider;

/** By this {@link java.util.ServiceLoader} finds the component. */
public final class MessageOfTheDayProvider implements ComponentProvider {

  @Override
  public String name() {
    return MessageOfTheDay.NAME;
  }

  @Override
  public Component create() {
    return new MessageOfTheDay();
  }
}
